package dev.sluice.adapter.broker.codec;

import dev.sluice.domain.delivery.WorkerId;
import dev.sluice.domain.figures.FiguresCodec;
import dev.sluice.domain.node.NodeReport;
import java.util.List;
import java.util.Locale;

/// Encodes the reports of nodes.
public final class NodeReportCodec {

  private NodeReportCodec() {}

  public static String encode(NodeReport report) {
    return Fields.join(
        List.of(
            report.id().value(),
            report.version(),
            Nanos.text(report.startedAt()),
            report.phase().wireName(),
            Integer.toString(report.inFlight()),
            Integer.toString(report.slots()),
            report.figures().map(FiguresCodec::encode).orElse("")));
  }

  public static NodeReport decode(String text) {
    List<String> fields = Fields.split(text);
    return new NodeReport(
        new WorkerId(fields.get(0)),
        fields.get(1),
        Nanos.toInstant(fields.get(2)),
        NodeReport.Phase.valueOf(fields.get(3).toUpperCase(Locale.ROOT)),
        Integer.parseInt(fields.get(4)),
        Integer.parseInt(fields.get(5)),
        FiguresCodec.decodeFigures(fields.get(6)));
  }
}
