package rollout.adapter.traces;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import rollout.judge.sequential.Arm;
import rollout.port.Trace;

/** Rows of a trace as looks: which column is what, and which stage a row is in. */
final class Polls {
  private final String id;
  private final List<String> fields;
  private final List<Trace.Stage> stages;
  private final int at;
  private final int percent;
  private final int treatedErrors;
  private final int treatedRequests;
  private final int controlErrors;
  private final int controlRequests;
  private final int referenceErrors;
  private final int referenceRequests;
  private final int treatedIssues;
  private final int controlIssues;

  Polls(String id, List<String> fields, List<Trace.Stage> stages) throws IOException {
    this.id = id;
    this.fields = fields;
    this.stages = stages;
    this.at = needed("t");
    this.percent = needed("stage_pct");
    this.treatedErrors = needed("treat_errors");
    this.treatedRequests = needed("treat_requests");
    this.controlErrors = fields.indexOf("ctrl_errors");
    this.controlRequests = fields.indexOf("ctrl_requests");
    this.referenceErrors = fields.indexOf("ref_errors");
    this.referenceRequests = fields.indexOf("ref_requests");
    this.treatedIssues = fields.indexOf("new_issue_users_treat");
    this.controlIssues = fields.indexOf("new_issue_users_ctrl");
  }

  private int needed(String field) throws IOException {
    int index = fields.indexOf(field);
    if (index < 0) {
      throw new IOException("trace " + id + " has no \"" + field + "\" in \"poll_fields\"");
    }
    return index;
  }

  /** Whether users of new issues are counted. */
  boolean haveIssues() {
    return treatedIssues >= 0;
  }

  List<Trace.Look> looks(List<double[]> rows) throws IOException {
    List<Trace.Look> looks = new ArrayList<>(rows.size());
    for (double[] row : rows) {
      looks.add(
          new Trace.Look(
              time(row),
              stage(cell(row, percent)),
              new Arm(cell(row, treatedErrors), cell(row, treatedRequests)),
              new Arm(cell(row, controlErrors), cell(row, controlRequests)),
              new Arm(cell(row, referenceErrors), cell(row, referenceRequests)),
              cell(row, treatedIssues),
              cell(row, controlIssues)));
    }
    return looks;
  }

  private double time(double[] row) throws IOException {
    double seconds = cell(row, at);
    if (Double.isNaN(seconds)) {
      throw new IOException("trace " + id + " has a row without \"t\"");
    }
    return seconds;
  }

  private int stage(double pct) throws IOException {
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).percent() == pct) {
        return i;
      }
    }
    throw new IOException("trace " + id + " has a look at " + pct + " %, which is no stage of it");
  }

  private static double cell(double[] row, int column) {
    return column >= 0 && column < row.length ? row[column] : Double.NaN;
  }
}
