package rollout.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import rollout.plan.Origin;

/**
 * Reads one YAML document into located nodes. Tags, anchors, aliases, a key twice, several
 * documents, more than 1 MiB and more than 50 levels are problems, and so is every syntax error.
 */
final class YamlTree {
  private static final int LONGEST = 1 << 20;
  private static final int DEEPEST = 50;
  private static final YAMLFactory FACTORY = new YAMLFactory();
  private static final Map<Character, String> REFUSED =
      Map.of('!', "a YAML tag", '&', "a YAML anchor", '*', "a YAML alias");

  private final String file;
  private final List<String> lines;
  private final Problems problems;
  private final YAMLParser parser;

  private YamlTree(String file, String text, Problems problems) throws IOException {
    this.file = file;
    this.lines = text.lines().toList();
    this.problems = problems;
    this.parser = FACTORY.createParser(text);
  }

  /** The document, or what could be read of it; empty where the file has none. */
  static Optional<YamlNode> parse(String file, String text, Problems problems) {
    if (text.length() > LONGEST) {
      problems.error(
          new Origin(file, 1, 1), "the file is larger than 1 MiB; a plan is a few pages at most");
      return Optional.empty();
    }
    try {
      return new YamlTree(file, text, problems).document();
    } catch (Stop stop) {
      return Optional.empty();
    } catch (JsonProcessingException broken) {
      problems.error(YamlErrors.place(file, broken), "no YAML: " + YamlErrors.said(broken));
      return Optional.empty();
    } catch (IOException | RuntimeException broken) {
      // The parser has exceptions of its own for texts that are no YAML at all.
      problems.error(new Origin(file, 1, 1), "no YAML: " + broken.getMessage());
      return Optional.empty();
    }
  }

  private Optional<YamlNode> document() throws IOException {
    if (parser.nextToken() == null) {
      return Optional.empty();
    }
    YamlNode root = node(0);
    if (parser.nextToken() != null) {
      problems.error(here(), "a second YAML document begins here; a plan is one document");
    }
    return Optional.of(root);
  }

  private YamlNode node(int depth) throws IOException {
    Origin origin = here();
    if (depth > DEEPEST) {
      problems.error(origin, "more than " + DEEPEST + " levels deep; a plan has a handful");
      throw new Stop();
    }
    refuseMagic(origin);
    refuseMagicTheParserSees(origin);
    JsonToken token = parser.currentToken();
    if (token == JsonToken.START_OBJECT) {
      return mapping(origin, depth);
    }
    if (token == JsonToken.START_ARRAY) {
      return items(origin, depth);
    }
    return new YamlNode.Scalar(origin, Optional.ofNullable(parser.getText()).orElse(""), plain());
  }

  private YamlNode items(Origin origin, int depth) throws IOException {
    List<YamlNode> nodes = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      nodes.add(node(depth + 1));
    }
    return new YamlNode.Items(origin, List.copyOf(nodes));
  }

  private YamlNode mapping(Origin origin, int depth) throws IOException {
    List<YamlNode.Entry> entries = new ArrayList<>();
    Map<String, Origin> seen = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      Origin keyOrigin = here();
      refuseMagic(keyOrigin);
      parser.nextToken();
      YamlNode value = node(depth + 1);
      Origin first = seen.putIfAbsent(key, keyOrigin);
      if (first == null) {
        entries.add(new YamlNode.Entry(key, keyOrigin, value));
      } else {
        String where = first.line() + ":" + first.column();
        problems.error(keyOrigin, "\"" + key + "\" stands here twice, first at " + where);
      }
    }
    return new YamlNode.Mapping(origin, List.copyOf(entries));
  }

  /** Of a key the parser tells nothing, so the text has to. */
  private void refuseMagic(Origin origin) {
    if (REFUSED.containsKey(signAt(origin))) {
      refuse(origin, signAt(origin));
    }
  }

  /** Where the parser counts lines by other breaks than we do, the text at a place misleads. */
  private void refuseMagicTheParserSees(Origin origin) throws IOException {
    if (parser.isCurrentAlias()) {
      refuse(origin, '*');
    } else if (parser.getObjectId() != null) {
      refuse(origin, '&');
    } else if (parser.getTypeId() != null) {
      refuse(origin, '!');
    }
  }

  private void refuse(Origin origin, char sign) {
    problems.error(origin, REFUSED.get(sign) + " is not allowed in a plan; write the value out");
  }

  private boolean plain() {
    return "\"'|>".indexOf(signAt(here())) < 0;
  }

  /** The character at a place; a blank where there is none. */
  private char signAt(Origin origin) {
    String line = origin.line() <= lines.size() ? lines.get(origin.line() - 1) : "";
    int index = origin.column() - 1;
    // The parser counts code points, a line is made of chars.
    if (index >= line.codePointCount(0, line.length())) {
      return ' ';
    }
    return line.charAt(line.offsetByCodePoints(0, index));
  }

  private Origin here() {
    return YamlErrors.origin(file, parser.currentTokenLocation());
  }

  /** Reading further would not help; what is wrong was said. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
