package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.api.ScheduleRequests.Schedule;
import dev.sluice.admin.testing.FakeService;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Request;
import dev.sluice.admin.testing.ScheduleSample;
import dev.sluice.admin.viewmodel.ScheduleForm.Input;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The list of schedules, and what an admin does with one.
final class SchedulesModelTest {

  private static final String PUT = "PUT /schedules/nightly";

  private final Bench bench = new Bench(ScheduleSample.fill(FakeService.lively())).connect();

  @AfterEach
  void close() {
    bench.close();
  }

  private SchedulesModel open() {
    bench.console.show(Screen.SCHEDULES);
    bench.seconds(2);
    return bench.models().schedules();
  }

  private Schedule nightly(SchedulesModel model) {
    model.select(Optional.of("nightly"));
    return model.meant().orElseThrow();
  }

  private Request last(String call) {
    return bench.service.requests(call).getLast();
  }

  @Test
  void schedules_areListedWithTheirTicks() {
    SchedulesModel model = open();

    List<Schedule> all = model.schedules().last().orElseThrow();
    assertThat(all).extracting(Schedule::name).containsExactly("clean-up", "nightly", "year-end");
    assertThat(all.get(1).nextTicks()).hasSize(5);
    assertThat(all.get(2).nextTick()).isNull();
  }

  @Test
  void whatIsDueSoon_isCountedByTheMinute() {
    SchedulesModel model = open();

    assertThat(model.due().last().orElseThrow().due()).hasSize(60).startsWith(120, 7);
    assertThat(model.due().last().orElseThrow().until()).isEqualTo("2026-03-14T10:30:00Z");
  }

  @Test
  void furtherPages_areReadToo() {
    bench.service.on(
        "GET /schedules",
        request ->
            request.path().contains("after=")
                ? Reply.json("[]")
                : Reply.json("[]").with("Link", "</schedules?after=m>; rel=\"next\""));

    assertThat(open().schedules().last()).contains(List.of());
    assertThat(last("GET /schedules").path()).isEqualTo("/schedules?after=m");
  }

  @Test
  void withoutSelection_noneIsMeant() {
    SchedulesModel model = open();

    assertThat(model.meant()).isEmpty();
    model.select(Optional.of("gone"));
    assertThat(model.meant()).isEmpty();
  }

  @Test
  void disabledSchedule_keepsTheRestOfItsDefinition() {
    SchedulesModel model = open();

    model.toggle(nightly(model));

    assertThat(last(PUT).headers()).containsEntry("if-match", "\"17\"");
    assertThat(last(PUT).body().replaceAll("\\s", ""))
        .isEqualTo(
            "{\"cron\":\"302***\",\"time_zone\":\"Europe/Berlin\",\"catch_up\":\"last\","
                + "\"enabled\":false,\"event\":{\"event_type\":\"report.due\","
                + "\"payload\":{\"report\":\"sales\",\"rows\":1E+400},"
                + "\"source\":\"scheduler\",\"key\":\"sales\",\"priority\":7}}");
    assertThat(bench.console.notices())
        .anySatisfy(notice -> assertThat(notice.text()).contains("nightly disabled"));
  }

  @Test
  void deletion_namesTheVersion() {
    SchedulesModel model = open();

    model.delete(nightly(model));

    assertThat(last("DELETE /schedules/nightly").headers()).containsEntry("if-match", "\"17\"");
  }

  @Test
  void scheduleThatChangedMeanwhile_isNotOverwritten() {
    SchedulesModel model = open();
    bench.service.on(PUT, Reply.problem(412, "precondition_failed", "Version 18 is stored."));

    model.toggle(nightly(model));

    assertThat(bench.console.notices())
        .anySatisfy(notice -> assertThat(notice.text()).contains("changed it meanwhile"));
  }

  @Test
  void form_savesWhatIsTyped() {
    SchedulesModel model = open();
    ScheduleForm form = model.form(Optional.empty());
    var closed = new AtomicInteger();
    form.text(Input.NAME).set(" nightly ");
    form.text(Input.CRON).set("30 2 * * *");
    form.text(Input.TYPE).set("report.due");
    form.text(Input.PAYLOAD).set("{\"n\": 1.50}");

    form.save(closed::incrementAndGet);

    assertThat(closed).hasValue(1);
    assertThat(last(PUT).headers()).containsEntry("if-none-match", "*");
    assertThat(last(PUT).body())
        .isEqualTo(
            "{\"cron\":\"30 2 * * *\",\"time_zone\":\"UTC\",\"catch_up\":\"last\",\"enabled\":true,"
                + "\"event\":{\"event_type\":\"report.due\",\"payload\":{\"n\": 1.50}}}");
    assertThat(model.selected().get()).contains("nightly");
  }

  @Test
  void form_saysWhatIsWrongAndStaysOpen() {
    ScheduleForm form = open().form(Optional.empty());
    var closed = new AtomicInteger();

    form.save(closed::incrementAndGet);
    assertThat(form.mistake().get()).isEqualTo("enter a name");
    form.text(Input.NAME).set("nightly");
    form.text(Input.PRIORITY).set("high");
    form.save(closed::incrementAndGet);
    assertThat(form.mistake().get()).contains("0 to 9");
    form.text(Input.PRIORITY).set("9");
    form.text(Input.PAYLOAD).set("{");
    form.save(closed::incrementAndGet);
    assertThat(form.mistake().get()).isNotEmpty();
    form.text(Input.PAYLOAD).set("{}");
    bench.service.on(PUT, Reply.problem(400, "invalid_schedule", "Fix the cron expression."));
    form.save(closed::incrementAndGet);

    assertThat(form.mistake().get()).contains("Fix the cron expression");
    assertThat(form.busy().get()).isFalse();
    assertThat(closed).hasValue(0);
  }

  @Test
  void formOfASchedule_showsItsDefinition() {
    SchedulesModel model = open();

    ScheduleForm form = model.form(Optional.of(nightly(model)));

    assertThat(form.isNew()).isFalse();
    assertThat(form.text(Input.TIME_ZONE).get()).isEqualTo("Europe/Berlin");
    assertThat(form.text(Input.PRIORITY).get()).isEqualTo("7");
    assertThat(form.text(Input.PAYLOAD).get()).contains("1E+400");
  }
}
