package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.model.Profile;
import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Sample;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SessionTest {

  private final Bench bench = new Bench();

  @AfterEach
  void close() {
    bench.close();
  }

  private Link link() {
    return bench.session().link().get();
  }

  @Test
  void answeringService_isLive() {
    bench.connect();

    assertThat(link()).isEqualTo(new Link.Live());
    assertThat(bench.session().lastAnswer()).isPresent();
    assertThat(bench.session().mayOperate()).isTrue();
  }

  @Test
  void serviceThatIsNotThere_isOfflineFromTheStart() {
    bench.service.goAway();
    bench.connect();

    assertThat(link()).isInstanceOf(Link.Offline.class);
    assertThat(link().nextTry()).isPresent();
  }

  @Test
  void lostService_isStaleThenOffline_andComesBackByItself() {
    bench.connect();
    bench.service.goAway();
    bench.seconds(6);
    assertThat(link()).isInstanceOf(Link.Stale.class);

    bench.seconds(60);
    assertThat(link()).isInstanceOf(Link.Offline.class);
    assertThat(bench.session().meta().get()).isNotNull();

    bench.service.comeBack();
    bench.seconds(40);
    assertThat(link()).isEqualTo(new Link.Live());
  }

  @Test
  void lossIsNoticed_byWhateverAsksFirst() {
    bench.connect();
    bench.service.goAway();
    bench.seconds(2);

    assertThat(link()).isInstanceOf(Link.Stale.class);
  }

  @Test
  void refusedKey_endsAllAsking() {
    bench.service.everything(Reply.problem(401, "unauthorized", "the key is not known"));
    bench.connect();
    int asked = bench.service.requests().size();
    bench.seconds(600);
    bench.console.focused(false);
    bench.console.focused(true);
    bench.console.show(Screen.EVENTS);
    bench.seconds(600);

    assertThat(link()).isEqualTo(new Link.KeyRefused("the key is not known"));
    assertThat(bench.service.requests()).hasSize(asked);
  }

  @Test
  void producersKey_mayNotLook() {
    bench.service.on("GET /meta", Reply.json(Sample.meta("dev", "producer")));
    bench.connect();

    assertThat(link()).isInstanceOf(Link.Forbidden.class);
  }

  @Test
  void busyService_isLeftAloneForAsLongAsItAsks() {
    bench.service.on(
        "GET /meta", Reply.problem(503, "overloaded", "too much").with("Retry-After", "40"));
    bench.connect();
    bench.service.forget();
    bench.seconds(39);

    assertThat(link()).isInstanceOf(Link.Busy.class);
    assertThat(bench.service.requests("GET /meta")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          <html>hello</html>                                          | could not parse the response
          {"version":"0.0.1","storage":"x","durability":"memory","environment":"dev","features":["stats"],"role":"admin","owner":"a","hides_payloads":false,"auth":"open","server_time":"2026-03-14T09:30:00Z"} | lacks bulk
          """)
  void otherProgramsAndOldServices_areAMismatch(String meta, String why) {
    bench.service.on("GET /meta", Reply.garbage(meta));
    bench.connect();

    assertThat(link()).isInstanceOf(Link.Mismatch.class).asString().contains(why);
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 502, 504})
  void troubleBehindTheService_leavesTheScreen(int status) {
    bench.connect();
    bench.service.on(
        "GET /meta", new Reply(status, java.util.Map.of(), "<h1>Bad gateway</h1>", false, false));
    bench.seconds(6);

    assertThat(link()).isInstanceOf(Link.Stale.class);
  }

  @Test
  void answerThatLacksAMember_isAMismatchAndIsAskedForAgain() {
    bench.service.on(
        "GET /meta", Reply.json(Sample.meta("dev", "admin").replace("\"server_time\"", "\"x\"")));
    bench.connect();
    assertThat(link()).isInstanceOf(Link.Mismatch.class);

    bench.service.on("GET /meta", Reply.json(Sample.meta("dev", "admin")));
    bench.seconds(40);
    assertThat(link()).isEqualTo(new Link.Live());
  }

  @Test
  void pausedScreen_stillNoticesALoss() {
    bench.connect();
    bench.console.live().set(false);
    bench.service.goAway();
    bench.seconds(60);

    assertThat(link()).isInstanceOf(Link.Offline.class);
  }

  @Test
  void refusedKey_isNotSentAgainByARefresh() {
    bench.service.everything(Reply.problem(401, "unauthorized", "the key is not known"));
    bench.connect();
    bench.service.forget();
    bench.console.refresh();

    assertThat(bench.service.requests()).isEmpty();
  }

  @Test
  void failureOfOnePart_leavesTheRestLive() {
    bench.service.on("GET /stats/series", Reply.problem(503, "store_unavailable", "no storage"));
    bench.connect();

    assertThat(link()).isEqualTo(new Link.Live());
    assertThat(bench.models().overview().charts().series().get().failure().get()).isPresent();
    assertThat(bench.models().overview().stats().failure().get()).isEmpty();
  }

  @Test
  void readOnlyProfile_offersNoActions() {
    bench.connect(Profile.Colour.NONE, true, "k");

    assertThat(bench.session().mayOperate()).isFalse();
    assertThat(bench.session().maySend()).isFalse();
    assertThat(bench.session().whyNot()).contains("the profile p is read-only");
  }

  @Test
  void viewersKey_offersNoActions() {
    bench.service.on("GET /meta", Reply.json(Sample.meta("dev", "viewer")));
    bench.connect();

    assertThat(bench.session().mayOperate()).isFalse();
    assertThat(bench.session().whyNot().orElseThrow()).contains("operator");
  }

  @ParameterizedTest
  @CsvSource({"RED, dev, true", "GREEN, prod, true", "GREEN, staging, false"})
  void production_isWhatEitherSideSays(Profile.Colour colour, String environment, boolean is) {
    bench.service.on("GET /meta", Reply.json(Sample.meta(environment, "admin")));
    bench.connect(colour, false, "k");

    assertThat(bench.session().isProduction()).isEqualTo(is);
  }

  @Test
  void differentClocks_areNoticed() {
    bench.timer().pass(Duration.ofMinutes(2));
    bench.connect();

    assertThat(bench.session().clockSkew().get()).isEqualTo(Duration.ofMinutes(-2));
  }

  @Test
  void endedSession_isSilent_andItsAnswersAreDropped() {
    bench.connect();
    Session first = bench.session();
    bench.lanes.hold();
    bench.seconds(2);
    bench.console.use(Profile.of("other", bench.service.address()));
    bench.lanes.release();
    bench.service.forget();
    first.retry();

    assertThat(bench.service.requests()).isEmpty();
    assertThat(bench.session()).isNotSameAs(first);
  }

  @Test
  void retry_asksAtOnce() {
    bench.service.goAway();
    bench.connect();
    bench.service.comeBack();
    bench.session().retry();

    assertThat(link()).isEqualTo(new Link.Live());
  }

  @Test
  void badAddress_isToldAndNothingIsAsked() {
    bench.console.connect(Optional.of("ftp://x"));

    assertThat(bench.console.models().get()).isEmpty();
    assertThat(bench.console.notices()).hasSize(1);
  }
}
