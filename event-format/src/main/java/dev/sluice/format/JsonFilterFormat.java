package dev.sluice.format;

import dev.sluice.domain.event.Payload;
import dev.sluice.domain.filter.FieldPaths;
import dev.sluice.domain.filter.FilterFormat;
import dev.sluice.domain.filter.FilterResult;
import dev.sluice.domain.filter.JsonValue;
import dev.sluice.domain.subscription.EventPattern;
import java.util.List;
import java.util.stream.Collectors;

/// Reads filters as EventBridge patterns, and payloads as JSON.
public final class JsonFilterFormat implements FilterFormat {

  @Override
  public FilterResult filter(EventPattern pattern) {
    return switch (PatternReader.read(pattern.json())) {
      case ReadFilter.Valid(var filter) -> new FilterResult.Understood(filter);
      case ReadFilter.Invalid(var problems) -> new FilterResult.Refused(reason(problems));
    };
  }

  private static String reason(List<FieldProblem> problems) {
    return problems.stream()
        .map(problem -> (problem.name() + " " + problem.detail()).strip())
        .collect(Collectors.joining("; "));
  }

  @Override
  public JsonValue payload(Payload payload, FieldPaths wanted) {
    return PayloadScanner.read(payload.json(), wanted);
  }
}
