package dev.sluice.adapter.http.route;

import dev.sluice.adapter.http.Exchange;
import dev.sluice.adapter.http.HttpSettings;
import dev.sluice.adapter.http.ProblemCode;
import dev.sluice.adapter.http.ProblemException;
import dev.sluice.adapter.http.RequestBodies;
import dev.sluice.adapter.http.RequestPermit;
import dev.sluice.adapter.http.Room;
import dev.sluice.adapter.http.StallGuard;
import dev.sluice.adapter.http.TraceHeaders;
import dev.sluice.application.intake.IngestEvents;
import dev.sluice.format.EventReader;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.MalformedJsonException;
import dev.sluice.format.ReadEvent;
import dev.sluice.format.TraceContext;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Appends a stream of events, one JSON object per line, group by group: memory never holds more of
/// its events than one group of [IntakeGroups].
final class NdjsonIngest {

  /// The longest time for which a group waits for further lines.
  private static final long LONGEST_GROUP = Duration.ofSeconds(1).toNanos();

  /// Bytes that are skipped between pauses: without pauses, a long stream would keep a processor
  /// busy.
  private static final int SKIPPED_AT_ONCE = 64 * 1024;

  private static final Duration BETWEEN_SKIPS = Duration.ofMillis(1);

  /// Memory for the events of a group is reserved in steps of this size, not for each event.
  private static final int GROUP_STEP = 64 * 1024;

  private final IngestEvents intake;
  private final HttpSettings.Limits limits;
  private final BatchResponse.Open answers;
  private final IntakeGroups groups;
  private final LongSupplier nanoTime;

  /// @param nanoTime the clock that measures how long a group has been open
  NdjsonIngest(
      IngestEvents intake,
      HttpSettings.Limits limits,
      BatchResponse.Open answers,
      IntakeGroups groups,
      LongSupplier nanoTime) {
    this.intake = intake;
    this.limits = limits;
    this.answers = answers;
    this.groups = groups;
    this.nanoTime = nanoTime;
  }

  void run(Exchange exchange, InputStream body, Room.Share share) throws IOException {
    try (BatchResponse answer = answers.open(exchange.caller())) {
      new Stream(exchange, body, share, answer).takeAll();
      exchange.now(StallGuard.Phase.WORKING);
      answer.send(exchange);
    }
  }

  /// One stream being read. The request's thread holds the lock except while it waits for bytes:
  /// then another thread can store the group, so that received events do not wait for a line that
  /// does not come.
  private final class Stream implements LineReader.Memory {

    private final ReentrantLock lock = new ReentrantLock();
    private final Exchange exchange;
    private final Executor executor;
    private final Room.Share share;
    private final BatchResponse answer;
    private final LineReader lineReader;
    private final RequestPermit permit;
    private final TraceContext trace;
    private final List<ReadEvent> group = new ArrayList<>();
    private int bufferBytes = Room.FREE;
    private long groupBytes;
    private long groupRoom;
    private volatile boolean isOpen;
    private volatile long openedAt;
    private boolean isDue;
    private @Nullable Throwable failure;

    Stream(Exchange exchange, InputStream body, Room.Share share, BatchResponse answer) {
      this.exchange = exchange;
      this.executor = exchange.request().listenerContext().executor();
      this.share = share;
      this.answer = answer;
      this.trace = TraceHeaders.read(exchange);
      this.permit =
          exchange.connection().map(StallGuard::permit).orElseGet(RequestPermit::unshared);
      var unlocked = new UnlockedReads(body, lock);
      this.lineReader =
          new LineReader(unlocked, limits.maxPayloadBytes(), limits.maxStreamBytes(), this);
    }

    void takeAll() throws IOException {
      lock.lock();
      try {
        exchange.whileReading(this::closeOldGroup);
        takeGroups();
      } finally {
        exchange.whileReading(() -> {});
        isOpen = false;
        lock.unlock();
      }
    }

    private void takeGroups() throws IOException {
      boolean hasMore = true;
      while (hasMore && !answer.wantsNoMore()) {
        try {
          hasMore = fillGroup();
        } catch (ProblemException e) {
          // The lines before the problem arrived completely.
          takeGroup();
          if (e.problem().code() != ProblemCode.OVERLOADED) {
            throw e;
          }
          answer.stop(e.problem());
          break;
        }
        takeGroup();
      }
      if (answer.wantsNoMore() && hasMore) {
        skipRest();
      }
    }

    private void takeGroup() throws IOException {
      if (!group.isEmpty()) {
        storeGroup();
        groups.makeWay();
        exchange.progress();
      }
    }

    private void storeGroup() throws IOException {
      isOpen = false;
      answer.take(group, intake);
      group.clear();
      groupBytes = 0;
      groupRoom = 0;
      share.tryHold(bufferBytes);
    }

    /// Called periodically by the thread that checks connections, which must not block.
    private void closeOldGroup() {
      if (isOld()) {
        executor.execute(() -> permit.runApart(this::storeOldGroup));
      }
    }

    private boolean isOld() {
      return isOpen && nanoTime.getAsLong() - openedAt >= LONGEST_GROUP;
    }

    /// Stores the group if it is old. Must not wait for the lock: the request's thread may hold it
    /// while it waits for a permit, and this thread has one. If that thread holds it, it has
    /// received the bytes that it waited for.
    private void storeOldGroup() {
      if (!lock.tryLock()) {
        return;
      }
      try {
        if (isOld()) {
          storeGroup();
        }
      } catch (IOException | RuntimeException | Error e) {
        failure = e;
      } finally {
        lock.unlock();
      }
    }

    /// Reads lines until the group is full, old enough, or as large as the free memory allows.
    ///
    /// @return false when the stream has ended
    private boolean fillGroup() {
      isDue = false;
      while (group.size() < IntakeGroups.EVENTS && groupBytes < IntakeGroups.BYTES && !isDue) {
        if (!next()) {
          return false;
        }
        if (group.isEmpty()) {
          openedAt = nanoTime.getAsLong();
          isOpen = true;
        }
        groupBytes += lineReader.length();
        group.add(readLine());
        isDue |= groupBytes > groupRoom && !growGroup();
      }
      return true;
    }

    private boolean growGroup() {
      long larger = groupBytes + GROUP_STEP;
      boolean hasRoom = share.tryHold(bufferBytes + larger);
      groupRoom = hasRoom ? larger : groupRoom;
      return hasRoom;
    }

    private boolean next() {
      boolean hasNext;
      try {
        hasNext = lineReader.next();
      } catch (IOException | RuntimeException e) {
        requireStored();
        throw RequestBodies.readFailure(exchange, e);
      }
      requireStored();
      return hasNext;
    }

    private void requireStored() {
      if (failure != null) {
        throw new IllegalStateException("a group of the stream could not be stored", failure);
      }
    }

    @Override
    public boolean tryHold(int bytes) {
      if (!share.tryHold(bytes + groupRoom)) {
        return false;
      }
      bufferBytes = bytes;
      return true;
    }

    @Override
    public void arrived() {
      exchange.progress();
      isDue |= isOld();
    }

    private ReadEvent readLine() {
      if (lineReader.isTooLong()) {
        return ListReader.tooLarge(limits);
      }
      try {
        return EventReader.readDocument(lineReader.bytes(), trace);
      } catch (MalformedJsonException e) {
        return malformed(e);
      }
    }

    /// Reads and discards the rest: most clients do not read the response before they have sent
    /// everything.
    private void skipRest() {
      try {
        if (skipToEnd()) {
          answer.cutShort();
        }
      } catch (IOException | RuntimeException e) {
        throw RequestBodies.readFailure(exchange, e);
      }
    }

    /// @return whether there was anything to skip
    private boolean skipToEnd() throws IOException {
      boolean hasSkipped = lineReader.hasBuffered();
      int sinceRest = 0;
      for (int skipped = lineReader.skip(); skipped > 0; skipped = lineReader.skip()) {
        hasSkipped = true;
        sinceRest += skipped;
        if (sinceRest >= SKIPPED_AT_ONCE) {
          sinceRest = 0;
          permit.rest(BETWEEN_SKIPS);
        }
      }
      return hasSkipped;
    }
  }

  private static ReadEvent malformed(MalformedJsonException e) {
    return new ReadEvent.Invalid(
        List.of(new FieldProblem("", "not valid JSON: " + e.getMessage())));
  }
}
