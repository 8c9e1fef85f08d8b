package dev.sluice.adapter.jdbc.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.adapter.jdbc.StorageThreads;
import dev.sluice.contract.Events;
import dev.sluice.contract.QuotaSamples;
import dev.sluice.contract.SettableClock;
import dev.sluice.contract.StorageFixture;
import dev.sluice.domain.delivery.Resolution;
import dev.sluice.domain.figures.DiskReport;
import dev.sluice.domain.port.AppendResult;
import dev.sluice.domain.port.Claim;
import dev.sluice.domain.port.Settlement;
import dev.sluice.domain.port.SettlementResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A disk that events have filled up: attempts in progress end, retention frees space, the next
/// start succeeds, and events are stored again without intervention.
@Tag("mount")
final class SqliteFullDiskTest {

  private static final int PAYLOAD = 60_000;
  private static final int BATCH = 10;

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private boolean isMounted;
  private int stored;

  private Path disk() {
    return folder.resolve("disk");
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  private void mount(int megabytes) throws Exception {
    Files.createDirectory(disk());
    try {
      isMounted =
          run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "tmpfs", disk().toString());
    } catch (IOException e) {
      isMounted = false;
    }
    assumeTrue(isMounted, "cannot mount a small disk here: that needs Linux and root");
  }

  @AfterEach
  void unmount() throws Exception {
    if (isMounted) {
      assertThat(run("umount", disk().toString())).isTrue();
    }
  }

  private SqliteAdapter open() {
    return SqliteAdapter.open(
        new SqliteSettings(disk().resolve("data")), clock, StorageThreads.FACTORY);
  }

  private StorageFixture fixture(SqliteAdapter adapter) {
    return new StorageFixture(adapter.storage(), clock);
  }

  private List<AppendResult> append(StorageFixture storage) {
    String json = "\"" + "x".repeat(PAYLOAD) + "\"";
    int first = stored;
    return storage
        .events()
        .append(
            IntStream.range(first, first + BATCH)
                .mapToObj(number -> Events.event("e-" + number))
                .map(event -> Events.routed(Events.withPayload(event, json)))
                .toList());
  }

  private boolean isStored(StorageFixture storage) {
    boolean isStored =
        append(storage).stream().allMatch(result -> result instanceof AppendResult.Stored);
    stored += isStored ? BATCH : 0;
    return isStored;
  }

  private void fill(StorageFixture storage) {
    int before = stored;
    while (isStored(storage)) {
      assertThat(stored).isLessThan(100_000);
    }
    assertThat(stored).as("some are stored before it is full").isGreaterThan(before);
  }

  private void complete(StorageFixture storage) {
    List<Claim> claims = claim(storage);
    while (!claims.isEmpty()) {
      assertThat(
              storage
                  .queue()
                  .settle(
                      claims.stream()
                          .map(claim -> new Settlement(claim, Resolution.COMPLETE))
                          .toList()))
          .containsOnly(SettlementResult.SETTLED);
      claims = claim(storage);
    }
  }

  private static List<Claim> claim(StorageFixture storage) {
    return storage
        .queue()
        .claim(StorageFixture.WORKER, QuotaSamples.upTo(64), StorageFixture.LEASE);
  }

  private void forgetHalf(StorageFixture storage) {
    clock.advance(Duration.ofHours(1));
    Instant all = clock.instant();
    assertThat(storage.events().purge(all, stored / 2)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 24, 40})
  void fullDisk_healsByRetentionAndIsStartedAgain(int megabytes) throws Exception {
    mount(megabytes);
    try (SqliteAdapter adapter = open()) {
      StorageFixture storage = fixture(adapter);
      fill(storage);
      assertThat(storage.events().disk().map(DiskReport::isFull)).contains(true);
      complete(storage);
      forgetHalf(storage);
      assertThat(storage.events().disk().map(DiskReport::isFull)).contains(false);
      fill(storage);
    }

    try (SqliteAdapter adapter = open()) {
      StorageFixture storage = fixture(adapter);
      complete(storage);
      forgetHalf(storage);
      fill(storage);
    }
  }

  /// Another program took the last byte, and frees it again.
  @ParameterizedTest
  @ValueSource(ints = 24)
  void diskFilledByOthers_letsWorkGoOnAndStartsAgain(int megabytes) throws Exception {
    mount(megabytes);
    Path other = disk().resolve("other");
    try (SqliteAdapter adapter = open()) {
      StorageFixture storage = fixture(adapter);
      assertThat(isStored(storage)).isTrue();
      fillWithOther(other);
      assertThat(isStored(storage)).isFalse();
      complete(storage);
    }

    try (SqliteAdapter adapter = open()) {
      StorageFixture storage = fixture(adapter);
      assertThat(isStored(storage)).isFalse();
      Files.delete(other);
      assertThat(isStored(storage)).isTrue();
    }
  }

  private static void fillWithOther(Path other) {
    byte[] block = new byte[4_096];
    try (var file = Files.newOutputStream(other)) {
      while (true) {
        file.write(block);
      }
    } catch (IOException e) {
      // It is full now.
    }
  }
}
