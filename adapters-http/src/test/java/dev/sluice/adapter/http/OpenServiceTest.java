package dev.sluice.adapter.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.domain.access.Role;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A service on a loopback address that requires no keys.
final class OpenServiceTest {

  private static final TestServer SERVER = TestServer.start();

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  private static String raw(String headers) {
    return SERVER.send("GET /stats HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n");
  }

  @Test
  void callerWithoutKey_mayDoEverything() {
    Answer meta = SERVER.get("/meta").hasStatus(200);

    assertThat(meta.text("role")).isEqualTo("admin");
    assertThat(meta.text("owner")).isEqualTo("anonymous");
    assertThat(meta.text("auth")).isEqualTo("open");
    assertThat(meta.json().has("key_id")).isFalse();
    SERVER.get("/keys").hasStatus(200);
  }

  @Test
  void keyThatIsSent_isHonoured() {
    String viewer = SERVER.key(Role.VIEWER);

    SERVER.call(SERVER.request("/stats", viewer)).hasStatus(200);
    SERVER.call(SERVER.request("/keys", viewer)).isProblem(403, "forbidden");
    SERVER.call(SERVER.request("/stats", viewer + "0")).isProblem(401, "unauthorized");
  }

  @Test
  void proxysOwnCredentials_areLeftAlone() {
    SERVER.call(SERVER.request("/stats").header("Authorization", "Basic bWU6bWU=")).hasStatus(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: localhost\r\n",
        "Host: LOCALHOST:8080\r\n",
        "Host: 127.0.0.1\r\n",
        "Host: 127.8.9.10:1\r\n",
        "Host: [::1]:8080\r\n",
        "Host: localhost:8080\r\nOrigin: http://localhost:8080\r\n"
      })
  void programsOfThisMachine_areAnswered(String headers) {
    assertThat(raw(headers)).startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example\r\n",
        "Host: localhost.evil.example\r\n",
        "Host: 127.0.0.1.evil.example\r\n",
        "Host: 10.0.0.1\r\n",
        "Host: localhost:8080\r\nOrigin: http://evil.example\r\n",
        "Host: localhost:8080\r\nOrigin: http://localhost:9090\r\n",
        "Host: localhost:8080\r\nOrigin: null\r\n",
        "Host: evil.example\r\nOrigin: http://evil.example\r\n"
      })
  void pagesOfOthers_areRefused(String headers) {
    assertThat(raw(headers)).startsWith("HTTP/1.1 403").contains("foreign_origin");
  }

  @ParameterizedTest
  @CsvSource({"localhost,true", "localhost.,true", "[::1],true", "[::2],false", "'',false"})
  void host_isReadToTheEnd(String host, boolean isLocal) {
    assertThat(LocalRequests.isLocal(Optional.of(host), Optional.empty())).isEqualTo(isLocal);
    assertThat(LocalRequests.isLocal(Optional.empty(), Optional.empty())).isTrue();
  }

  /// Applies to every listening address.
  @ParameterizedTest
  @CsvSource({
    "events.example,'','',true",
    "events.example:8080,http://events.example:8080,'',true",
    "events.example,https://events.example,same-origin,true",
    "events.example,'',none,true",
    "events.example,http://evil.example,'',false",
    "events.example,null,'',false",
    "events.example:8080,http://events.example:9090,'',false",
    "events.example,'',cross-site,false",
    "events.example,'',Same-Site,false"
  })
  void pageOfAnotherSite_isRecognized(String host, String origin, String site, boolean isSame) {
    assertThat(
            LocalRequests.isSameSite(
                Optional.of(host), Optional.of(origin).filter(text -> !text.isEmpty()), site))
        .isEqualTo(isSame);
  }

  @Test
  void operatorsBody_needsItsType() {
    String pause = "POST /processing/pause HTTP/1.1\r\nHost: localhost\r\n";
    String body = "Content-Length: 14\r\n\r\n{\"reason\":\"x\"}";

    assertThat(SERVER.send(pause + body)).startsWith("HTTP/1.1 415").contains("application/json");
    assertThat(SERVER.send(pause + "Content-Type: text/plain\r\n" + body))
        .startsWith("HTTP/1.1 415");
    assertThat(SERVER.send(pause + "Content-Type: application/json;charset=utf8\r\n" + body))
        .startsWith("HTTP/1.1 200");
    SERVER.method("POST", "/processing/resume").hasStatus(200);
  }
}
