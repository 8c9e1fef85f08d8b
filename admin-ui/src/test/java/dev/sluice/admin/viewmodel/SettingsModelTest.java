package dev.sluice.admin.viewmodel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.model.Profile;
import dev.sluice.admin.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SettingsModelTest {

  private final Bench bench = new Bench();
  private final SettingsModel settings = bench.console.settings();

  @AfterEach
  void close() {
    bench.close();
  }

  @Test
  void profile_needsANameOfItsOwnAndAnAddress() {
    settings.save("", Profile.of("a", "h:1"), Optional.empty());

    assertThat(settings.save("", Profile.of(" ", "h:1"), Optional.empty())).isPresent();
    assertThat(settings.save("", Profile.of("a", "h:2"), Optional.empty())).isPresent();
    assertThat(settings.save("", Profile.of("b", "ftp://x"), Optional.empty())).isPresent();
    assertThat(settings.save("a", Profile.of("a", "h:2"), Optional.empty())).isEmpty();
    assertThat(bench.store.preferences().profiles()).containsExactly(Profile.of("a", "h:2"));
  }

  @Test
  void key_goesWithItsProfile() {
    settings.save("", Profile.of("a", "h:1"), Optional.of("slc_x"));
    settings.save("a", Profile.of("b", "h:1"), Optional.of("slc_x"));
    assertThat(bench.store.keys().keys()).containsOnlyKeys("b");

    settings.remove("b");
    assertThat(bench.store.keys().keys()).isEmpty();
    assertThat(bench.store.preferences().profiles()).isEmpty();
  }

  @Test
  void connection_canBeTried() {
    List<String> said = new ArrayList<>();
    settings.test(bench.service.address(), Optional.empty(), said::add);
    bench.service.on("GET /meta", Reply.problem(401, "unauthorized", "a key is needed"));
    settings.test(bench.service.address(), Optional.empty(), said::add);
    settings.test("ftp://x", Optional.empty(), said::add);

    assertThat(said.getFirst()).contains("Sluice 0.1.0").contains("admin");
    assertThat(said.get(1)).isEqualTo("a key is needed");
    assertThat(said.getLast()).startsWith("the address");
  }
}
