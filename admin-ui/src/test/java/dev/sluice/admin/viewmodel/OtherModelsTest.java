package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.ActivityEntry;
import dev.sluice.admin.model.EventQuery;
import dev.sluice.admin.model.Tile;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OtherModelsTest {

  private final Bench bench = Bench.connected();

  @TempDir Path folder;

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void tiles_haveTheServicesNumbers_andLeadToTheirEvents() {
    List<Tile> tiles = bench.models().overview().tiles().get();

    assertThat(tiles)
        .extracting(Tile::value)
        .containsExactly("412", "405", "3.20", "61.0 ms", "260", "1.40 s", "37", "1\u202f203");
    assertThat(tiles)
        .extracting(tile -> tile.leadsTo().map(EventQuery::toString).orElse("dead letters"))
        .containsExactly(
            "",
            "status:completed",
            "status:failed age:<10m",
            "status:completed",
            "status:received status:processing status:retrying",
            "status:received status:retrying",
            "status:retrying",
            "dead letters");
    assertThat(tiles)
        .allSatisfy(
            tile -> tile.leadsTo().ifPresent(query -> assertThat(query.mistakes()).isEmpty()));
  }

  @Test
  @Tag("slow")
  void courses_growWithEachAnswer_andAreBounded() {
    for (int round = 0; round < 200; round++) {
      bench.service.on(
          "GET /stats", Reply.json(Sample.stats().replace("412.3", Integer.toString(round))));
      bench.seconds(2);
    }

    List<Double> course = bench.models().overview().tiles().get().getFirst().course();
    assertThat(course).hasSize(90).endsWith(199.0);
  }

  @Test
  void worstTypes_areThoseWithTheMostDeadLetters() {
    assertThat(OverviewModel.worstTypes(bench.models().overview().stats().last().orElseThrow()))
        .extracting(OverviewModel.FailingType::name)
        .containsExactly("order.paid", "invoice.sent", "order.created", "payment.refunded");
  }

  @Test
  void otherRange_isAskedForAtOnce_andTheFirstNoMore() {
    bench.service.forget();
    bench.models().overview().charts().range().set(Range.WEEK);
    bench.seconds(20);

    assertThat(bench.service.requests("GET /stats/series"))
        .extracting(Request::path)
        .containsExactly("/stats/series?from=-7d&step=40m");
  }

  @Test
  void pause_needsAReason() {
    SubscriptionsModel model = bench.models().subscriptions();
    bench.service.on("POST /subscriptions/*", Reply.json("{}"));

    assertThat(model.pause(Optional.of("default"), " ", Optional.empty())).isPresent();
    assertThat(bench.service.requests("POST /subscriptions/default/pause")).isEmpty();
    assertThat(model.pause(Optional.of("default"), "moving", Optional.of(Duration.ofMinutes(15))))
        .isEmpty();
    assertThat(bench.service.requests("POST /subscriptions/default/pause").getFirst().body())
        .isEqualTo("{\"reason\":\"moving\",\"until\":\"2026-03-14T09:45:00Z\"}");
  }

  @Test
  void newEntriesOfTheRecord_comeOnTop_andOlderOnesBelow() {
    bench.console.show(Screen.ACTIVITY);
    ActivityModel model = bench.models().activity();
    assertThat(model.entries()).hasSize(20);

    String page = bench.service.requests().isEmpty() ? "" : entries(22, 20);
    bench.service.on(
        "GET /activity",
        Reply.json(page).with("Link", "</activity?limit=100&cursor=21>; rel=\"next\""));
    bench.seconds(6);
    assertThat(model.entries())
        .extracting(ActivityEntry::number)
        .startsWith(42L, 41L, 40L)
        .hasSize(22);
  }

  private static String entries(int count, int first) {
    List<String> items = new ArrayList<>();
    for (int number = first + count; number > first; number--) {
      items.add(
          "{\"number\":%d,\"at\":\"2026-03-14T09:30:00Z\",\"actor\":\"a\",\"action\":\"x\",\"target\":\"t\",\"result\":\"202\"}"
              .formatted(number));
    }
    return "[" + String.join(",", items) + "]";
  }

  @Test
  void brokenRecord_isSaidLoudly() {
    ActivityModel model = bench.models().activity();
    bench.service.on(
        "GET /activity/verify",
        Reply.json("{\"intact\":false,\"entries\":40,\"first\":1,\"last\":40,\"broken_at\":17}"));
    model.verify();
    assertThat(model.verdict().get()).isEqualTo("BROKEN at entry 17: the log was changed");

    bench.service.on(
        "GET /activity/verify",
        Reply.json("{\"intact\":true,\"entries\":40,\"first\":1,\"last\":40}"));
    model.verify();
    assertThat(model.verdict().get()).startsWith("intact: all 40");
  }

  @Test
  void export_writesAllPages() throws IOException {
    Path file = folder.resolve("events.csv");
    Export export = bench.models().export(dev.sluice.admin.api.Filter.ALL, file);
    export.start();

    assertThat(Files.readAllLines(file)).hasSize(1_001).last().asString().startsWith("order-1,");
    assertThat(export.progress().get()).isEqualTo(new Export.Progress(1_000, Optional.of("done")));
  }

  @Test
  void exportThatCannotGoOn_saysWhy() {
    Export export =
        bench
            .models()
            .export(dev.sluice.admin.api.Filter.ALL, folder.resolve("no/such/folder.csv"));
    export.start();
    assertThat(export.progress().get().ended().orElseThrow()).contains("cannot be written");

    bench.service.on("GET /events", Reply.problem(503, "overloaded", "too much"));
    Export broken =
        bench.models().export(dev.sluice.admin.api.Filter.ALL, folder.resolve("x.ndjson"));
    broken.start();
    assertThat(broken.progress().get().ended()).contains("interrupted: too much");
  }

  @Test
  void newEvent_isSentAsWritten_andMistakesAreSaid() {
    bench.service.on("POST /events", Reply.json(Sample.event(3, false)).withStatus(202));
    SendModel model = bench.models().newEvent();
    List<String> sent = new ArrayList<>();
    model.payload().set("{");
    model.send(sent::add);
    assertThat(model.mistake().get()).isNotEmpty();

    model.payload().set("1");
    model.type().set(" ");
    model.send(sent::add);
    assertThat(model.mistake().get()).isEqualTo("enter a type");

    model.type().set("t");
    model.send(sent::add);
    assertThat(sent).containsExactly("order-3");
    assertThat(bench.service.requests("POST /events")).hasSize(1);
  }

  @Test
  void diagnosticsOfANode_nameTheService() {
    bench.console.show(Screen.NODES);
    NodesModel model = bench.models().nodes();

    assertThat(model.diagnostics(model.nodes().last().orElseThrow().nodes().getLast()))
        .contains(bench.service.address(), "web-3-4713-ef56", "silent");
  }

  @Test
  void fewLetters_findACommand_theBestFirst() {
    List<Command> commands =
        List.of(
            command("Go to Overview"),
            command("Replay"),
            command("Copy as curl"),
            command("Replay all matching"));

    assertThat(Palette.find("rep", commands))
        .extracting(Command::title)
        .startsWith("Replay", "Replay all matching");
    assertThat(Palette.find("ram", commands))
        .extracting(Command::title)
        .containsExactly("Replay all matching");
    assertThat(Palette.find("xyz", commands)).isEmpty();
    assertThat(Palette.find("", commands)).hasSize(4);
  }

  @Test
  void commandsThatAreNotOffered_areNeitherFoundNorRun() {
    List<String> ran = new ArrayList<>();
    var off = new Command("x", "Off", "", () -> false, () -> ran.add("x"));
    off.run();

    assertThat(Palette.find("off", List.of(off))).isEmpty();
    assertThat(ran).isEmpty();
  }

  private static Command command(String title) {
    return new Command(title, title, "", () -> true, () -> {});
  }
}
