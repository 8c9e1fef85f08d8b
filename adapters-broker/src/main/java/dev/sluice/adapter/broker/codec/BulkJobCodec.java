package dev.sluice.adapter.broker.codec;

import dev.sluice.domain.port.BulkAction;
import dev.sluice.domain.port.BulkJob;
import dev.sluice.domain.port.BulkPlan;
import dev.sluice.domain.port.Cursor;
import dev.sluice.domain.text.BackfillCodec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Encodes bulk jobs.
public final class BulkJobCodec {

  private BulkJobCodec() {}

  public static String encode(BulkJob job) {
    BulkPlan plan = job.plan();
    return Fields.join(
        List.of(
            plan.id(),
            plan.token(),
            plan.action().storedName(),
            BackfillCodec.encode(plan),
            Long.toString(plan.from().position()),
            Long.toString(plan.to().position()),
            Long.toString(plan.qualifying()),
            plan.plannedAt().toString(),
            plan.plannedBy(),
            job.state().name(),
            Long.toString(job.position().position()),
            Long.toString(job.done()),
            Long.toString(job.skipped()),
            Double.toString(job.ratePerSecond()),
            job.startedBy(),
            job.startedAt().map(Instant::toString).orElse(""),
            job.endedAt().map(Instant::toString).orElse("")));
  }

  public static BulkJob decode(String text) {
    List<String> fields = Fields.split(text);
    return new BulkJob(
        plan(fields),
        BulkJob.State.valueOf(fields.get(9)),
        new Cursor(Long.parseLong(fields.get(10))),
        Long.parseLong(fields.get(11)),
        Long.parseLong(fields.get(12)),
        Double.parseDouble(fields.get(13)),
        fields.get(14),
        time(fields.get(15)),
        time(fields.get(16)));
  }

  private static BulkPlan plan(List<String> fields) {
    return new BulkPlan(
        fields.get(0),
        fields.get(1),
        BulkAction.fromStoredName(fields.get(2)).orElseThrow(),
        BackfillCodec.filter(fields.get(3)),
        BackfillCodec.backfill(fields.get(3)),
        new Cursor(Long.parseLong(fields.get(4))),
        new Cursor(Long.parseLong(fields.get(5))),
        Long.parseLong(fields.get(6)),
        Instant.parse(fields.get(7)),
        fields.get(8));
  }

  private static Optional<Instant> time(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(text));
  }
}
