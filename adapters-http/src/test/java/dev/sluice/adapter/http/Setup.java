package dev.sluice.adapter.http;

import dev.sluice.adapter.memory.MemoryAdapter;
import dev.sluice.application.NodeRole;
import dev.sluice.domain.figures.QueueReport;
import dev.sluice.domain.port.ActivityLog;
import dev.sluice.domain.port.Storage;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The settings in which a [TestServer] differs from the default.
///
/// @param limits how much clients may send
/// @param maxBacklog most unfinished deliveries
/// @param maxEvents most events in the storage
/// @param storage wraps the storage
/// @param security who is admitted
/// @param streams how changes are streamed
/// @param activity the activity log
/// @param role what the node does
/// @param queues the broker's queues
public record Setup(
    HttpSettings.Limits limits,
    long maxBacklog,
    long maxEvents,
    UnaryOperator<Storage> storage,
    HttpSettings.Security security,
    HttpSettings.Streams streams,
    Supplier<ActivityLog> activity,
    NodeRole role,
    Supplier<Optional<QueueReport>> queues) {

  public static final Setup USUAL =
      new Setup(
          HttpSettings.Limits.DEFAULT,
          1_000_000,
          1_000_000,
          UnaryOperator.<Storage>identity(),
          HttpSettings.Security.NONE,
          HttpSettings.Streams.of(500),
          MemoryAdapter::activity,
          NodeRole.ALL,
          Optional::empty);

  public Setup withLimits(HttpSettings.Limits newLimits) {
    return new Setup(
        newLimits, maxBacklog, maxEvents, storage, security, streams, activity, role, queues);
  }

  public Setup withMaxBacklog(long newMaxBacklog) {
    return new Setup(
        limits, newMaxBacklog, maxEvents, storage, security, streams, activity, role, queues);
  }

  Setup withMaxEvents(long newMaxEvents) {
    return new Setup(
        limits, maxBacklog, newMaxEvents, storage, security, streams, activity, role, queues);
  }

  Setup withStorage(UnaryOperator<Storage> newStorage) {
    return new Setup(
        limits, maxBacklog, maxEvents, newStorage, security, streams, activity, role, queues);
  }

  public Setup withSecurity(HttpSettings.Security newSecurity) {
    return new Setup(
        limits, maxBacklog, maxEvents, storage, newSecurity, streams, activity, role, queues);
  }

  Setup withStreams(HttpSettings.Streams newStreams) {
    return new Setup(
        limits, maxBacklog, maxEvents, storage, security, newStreams, activity, role, queues);
  }

  Setup withActivity(ActivityLog newActivity) {
    return new Setup(
        limits, maxBacklog, maxEvents, storage, security, streams, () -> newActivity, role, queues);
  }

  Setup withRole(NodeRole newRole) {
    return new Setup(
        limits, maxBacklog, maxEvents, storage, security, streams, activity, newRole, queues);
  }

  Setup withQueues(QueueReport report) {
    return new Setup(
        limits,
        maxBacklog,
        maxEvents,
        storage,
        security,
        streams,
        activity,
        role,
        () -> Optional.of(report));
  }
}
