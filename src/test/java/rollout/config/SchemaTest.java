package rollout.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an editor says of a rollout.yaml is what the reader says. {@code -Drollout.rewrite=true}
 * writes the schema again from the reader's grammar.
 */
class SchemaTest {
  private static final String FILE = "src/main/resources/rollout.schema.json";
  private static final String ENVIRONMENT = "  dev: { url: https://dev.example }";
  private static final String STAGE =
      "  - { name: a, environment: dev, exposure: 5%, bake: 1h, unguarded: true }";

  @BeforeAll
  static void rewrite() throws IOException {
    if (Boolean.getBoolean("rollout.rewrite")) {
      Files.writeString(Texts.path(FILE), generated());
    }
  }

  @Test
  void theSchemaIsTheGrammar() {
    assertEquals(generated(), Texts.repository(FILE));
  }

  private static String generated() {
    return SchemaOf.file().toPrettyString() + "\n";
  }

  @Test
  void theSchemaKnowsExactlyTheKeysOfTheReader() throws IOException {
    TreeSet<String> inGrammar = new TreeSet<>();
    keys(Grammar.FILE, inGrammar);
    TreeSet<String> inSchema = new TreeSet<>();
    keys(new ObjectMapper().readTree(Texts.repository(FILE)), inSchema);
    assertEquals(inGrammar, inSchema);
  }

  @ParameterizedTest
  @ValueSource(strings = {"src/test/resources/rollout/config/contract.yaml", "rollout.yaml"})
  void bothAcceptWhatWeShip(String file) {
    agree(true, Texts.repository(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true  | exposure: 5%            | exposure: 0.125%
          true  | exposure: 5%            | exposure: 100%
          true  | exposure: 5%            | exposure: { project: [a/b] }
          true  | exposure: 5%            | exposure: { feature_group: staff }
          true  | environment: dev        | environment: [dev]
          true  | bake: 1h                | bake: 100ms
          true  | bake: 1h                | bake: { at_least: 1h, until_detectable: 2x, at_most: 4h }
          true  | unguarded: true         | unguarded: true, approval: 7
          true  | unguarded: true         | unguarded: true, require_detectable: none
          true  | unguarded: true         | unguarded: true, min_requests: 0
          false | exposure: 5%            | exposure: 5
          false | exposure: 5%            | exposure: 0%
          false | exposure: 5%            | exposure: 0.0%
          false | exposure: 5%            | exposure: 101%
          false | exposure: 5%            | exposure: 5.1234%
          false | exposure: 5%            | exposure: { projects: [a/b] }
          false | exposure: 5%            | exposure: { project: [] }
          false | environment: dev        | environment: []
          false | bake: 1h                | bake: 1 hour
          false | bake: 1h                | bake: 99ms
          false | bake: 1h                | bake: 0s
          false | bake: 1h                | bake: 60
          false | bake: 1h                | bake: { at_most: 4h }
          false | bake: 1h                | bake: 1h, interval: 0ms
          false | unguarded: true         | unguarded: yes
          false | unguarded: true         | unguarded: "true"
          false | unguarded: true         | unguarded: true, approval: ~
          false | unguarded: true         | unguarded: true, approval: ""
          false | unguarded: true         | unguarded: true, min_requests: -1
          false | unguarded: true         | unguarded: true, min_requests: 1.5
          false | unguarded: true         | unguarded: true, guardrails: x
          false | unguarded: true         | unguarded: true, soak: 1h
          false | name: a                 | name: [a]
          false | name: a,                | ``
          false | environment: dev,       | ``
          false | exposure: 5%,           | ``
          false | bake: 1h,               | ``
          """)
  void bothSayTheSameOfAStage(boolean valid, String from, String to) {
    agree(valid, plan("", ENVIRONMENT, STAGE.replace(from, to)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true  | dev: { url: "${URL}" }
          true  | dev: { url: https://x.example/gitlab, token: "${T}", variables: { a: 1, b: true } }
          true  | dev: { url: http://127.0.0.1:8080, token_file: ~/t, ca: "${CA}" }
          false | dev: { url: ftp://x.example }
          false | dev: { url: x.example }
          false | dev: { token: "${T}" }
          false | dev: { url: https://x.example, tokn: "${T}" }
          false | dev: { url: https://x.example, variables: { a: [1] } }
          false | dev: { url: https://x.example, variables: { a: "${A}" } }
          false | dev: { url: https://x.example, notify: slack }
          false | dev: https://x.example
          false | {}
          """)
  void bothSayTheSameOfAnEnvironment(boolean valid, String environment) {
    agree(valid, plan("", "  " + environment, STAGE));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          true  | judgement: { lag: 0s, extend_at_most: 1.5x, no_data: rollback }
          true  | safety: { rollback_to: off, seal: 0s, propagation: 0s, marker: none }
          true  | sources: { p: { type: prometheus, url: http://p, basic: { user: u, password: "${P}" } } }
          true  | sources: { s: { type: sentry, url: http://s, organization: o, headers: { X: y } } }
          true  | channels: { s: { type: slack, webhook: "${W}" } }
          true  | windows: { dev: { days: [mon, sun], hours: "22:00-24:00", time_zone: Europe/Berlin } }
          true  | flags: { gitaly_x: { variables: { method: X } } }
          true  | guardrails: []
          true  | outcome: { labels: [a], questions: [], checklist: [b] }
          false | version: 2
          false | judgement: { no_data: ignore }
          false | judgement: { extend_at_most: 4 }
          false | judgement: { extend_at_most: 0x }
          false | judgement: { false_rollback: 0.01 }
          false | judgement:
          false | safety: { rollback_to: on }
          false | safety: { seal: 300 }
          false | safety: { lease: 0s }
          false | sources: { p: { url: http://p } }
          false | sources: { p: { type: graphite, url: http://p } }
          false | sources: { p: { type: prometheus, url: http://p, organization: o } }
          false | sources: { s: { type: sentry, url: http://s } }
          false | sources: { s: { type: sentry, url: http://s, organization: "{{o}}" } }
          false | sources: { p: { type: prometheus, url: http://p, basic: { user: u } } }
          false | channels: { s: { type: irc } }
          false | windows: { dev: { days: [monday] } }
          false | windows: { dev: { hours: 7-15 } }
          false | windows: { dev: { time_zone: "a b" } }
          false | flags: [gitaly_x]
          false | guardrails: { a: b }
          false | guardrails: [{ name: a }]
          false | guardrails: [{ name: a, source: p, type: limit }]
          false | guardrails: [{ name: a, source: p, for: 0 }]
          false | guardrails: [{ name: a, source: p, on_breach: panic }]
          false | guardrails: [{ name: a, source: p, max: high }]
          false | guardrails: [{ name: a, source: p, max_ratio: 0.01 }]
          false | guardrails: [{ name: a, source: p, flag_field: x }]
          false | exposure_check: { source: p, query: q, tolerate: 0x }
          false | exposure_check: { query: q }
          false | sentry: {}
          """)
  void bothSayTheSameOfASection(boolean valid, String section) {
    agree(valid, plan(section + "\n", ENVIRONMENT, STAGE));
  }

  private static String plan(String section, String environment, String stage) {
    String version = section.startsWith("version") ? "" : "version: 1\n";
    return version + section + "environments:\n" + environment + "\nstages:\n" + stage + "\n";
  }

  private static void agree(boolean valid, String text) {
    PlanFile file = PlanReader.read("plan.yaml", text);
    assertEquals(valid, file.plan().isPresent(), "the reader: " + file.problems());
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Texts.repository(FILE));
    var errors = schema.validate(Editors.json(text));
    assertEquals(valid, errors.isEmpty(), "the schema: " + errors);
  }

  private static void keys(Form form, TreeSet<String> names) {
    if (form instanceof Form.ListOf list) {
      keys(list.item(), names);
    } else if (form instanceof Form.MapOf map) {
      keys(map.value(), names);
    } else if (form instanceof Form.Either either) {
      keys(either.other(), names);
    } else if (form instanceof Form.ByType types) {
      types.branches().values().forEach(branch -> keys(branch, names));
    } else if (form instanceof Form.Keys keys) {
      for (Form.Key key : keys.keys()) {
        names.add(key.name());
        keys(key.form(), names);
      }
    }
  }

  private static void keys(JsonNode schema, TreeSet<String> names) {
    schema
        .properties()
        .forEach(
            field -> {
              boolean named = field.getKey().equals("properties");
              if (named) {
                field.getValue().fieldNames().forEachRemaining(names::add);
              }
              field.getValue().forEach(child -> keys(child, names));
              keys(field.getValue(), names);
            });
  }
}
