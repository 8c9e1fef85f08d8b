package dev.sluice.admin.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.admin.testing.Reply;
import dev.sluice.admin.testing.Sample;
import dev.sluice.admin.testing.SubscriptionSample;
import dev.sluice.admin.viewmodel.Screen;
import javafx.scene.Node;
import javafx.scene.control.TableColumnBase;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The charts on the page of a subscription.
@Tag("slow")
final class SubscriptionChartsTest {

  private final Stand stand = Stand.lively().connect();
  private final User user = new User(stand);

  @BeforeEach
  void show() {
    SubscriptionSample.fill(stand.service);
    stand.show(Screen.SUBSCRIPTIONS);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  private void open() {
    Fx.run(() -> stand.models().subscriptions().open("billing"));
    stand.settled();
  }

  private String spoken() {
    return Fx.get(
        () ->
            stand.view().lookupAll(".time-chart").stream()
                .filter(Stand::isSeen)
                .map(Node::getAccessibleText)
                .reduce("", (before, text) -> before + text + "\n"));
  }

  @Test
  void charts_areReadAloud_withTheirLastValues() {
    open();

    assertThat(spoken())
        .matches(
            """
            Deliveries\\. accepted 1\\d\\d\\S* processed 1\\d\\d\\S*\\.
            Failures\\. failed attempts \\S+ dead letters \\S+\\.
            """);
  }

  @Test
  void range_isChosen_andTheTableShown_byKeyboardAlone() {
    open();
    user.press(KeyCode.SHIFT, KeyCode.DIGIT2);
    user.sees(
        "an hour",
        () -> stand.service.requests("GET /stats/series").getLast().path().contains("&from=-1h&"));
    user.press(KeyCode.T);
    user.sees("the table", () -> stand.sees("series-table"));

    TableView<?> table = stand.settled().node("series-table", TableView.class);
    assertThat(table.getItems()).hasSize(180);
    assertThat(table.getColumns())
        .extracting(TableColumnBase::getText)
        .containsExactly(
            "Time", "Accepted/s", "Processed/s", "Failed attempts/s", "Dead letters/s");
  }

  @Test
  void olderService_saysThatItHasNoCharts() {
    String older = Sample.meta("dev", "admin").replace("\"subscription_series\",", "");
    stand.service.on("GET /meta", Reply.json(older));
    stand.seconds(6);
    open();

    assertThat(stand.text()).contains("has no charts by subscription");
    assertThat(spoken()).isEmpty();
  }

  @Test
  void subscriptionCountedAmongOthers_saysWhyThereAreGaps() {
    open();
    assertThat(stand.sees("charts-note")).isFalse();

    stand.service.on("GET /stats/series", Reply.json(SubscriptionSample.seriesAmongOthers()));
    stand.seconds(10);
    assertThat(stand.sees("charts-note")).isTrue();
  }

  @Test
  void chartsThatCannotBeRead_sayWhy_andThePageStays() {
    stand.service.on(
        "GET /stats/series", Reply.problem(503, "store_unavailable", "the storage is away"));
    open();

    assertThat(stand.text()).contains("The storage is away.", "order.*, invoice.paid");
  }
}
