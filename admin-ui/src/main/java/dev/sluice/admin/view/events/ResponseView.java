package dev.sluice.admin.view.events;

import dev.sluice.admin.api.Response;
import dev.sluice.admin.model.WebhookTexts;
import dev.sluice.admin.view.control.Controls;
import java.util.Optional;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;

/// What the receiver of a webhook sent: status, times, headers, and the beginning of the body.
public final class ResponseView extends VBox {

  private static final int MOST_LINES = 10;

  private final String id;
  private final boolean withUrl;

  /// What is drawn. The same is not drawn again, so that the user can select in it.
  private @Nullable Response drawn;

  /// Creates a view that shows nothing.
  ///
  /// @param id beginning of the ids of its controls
  /// @param withUrl whether it shows where the request was sent, instead of the status
  public ResponseView(String id, boolean withUrl) {
    super(6);
    this.id = id;
    this.withUrl = withUrl;
    setId(id);
    setMinWidth(0);
  }

  /// Shows a response.
  public void show(Response response) {
    if (response.equals(drawn)) {
      return;
    }
    drawn = response;
    getChildren().clear();
    if (withUrl) {
      getChildren().add(Controls.paragraph("POST " + response.url(), "mono"));
    } else {
      getChildren().add(Controls.row(8, Controls.label("Status", "muted"), code(response)));
    }
    String times = WebhookTexts.times(response);
    if (!times.isEmpty()) {
      getChildren().add(Controls.paragraph(times, "muted"));
    }
    if (!response.headers().isEmpty()) {
      getChildren().add(Controls.paragraph(WebhookTexts.headers(response), "mono"));
    }
    if (response.status() != null) {
      body(Optional.ofNullable(response.body()).orElse(""), response.isCut());
    }
  }

  /// Creates a label with the status code.
  static Label code(Response response) {
    String code = response.status() == null ? "no response" : WebhookTexts.status(response);
    return Controls.label(code, "mono", "code-" + WebhookTexts.tone(response));
  }

  private void body(String body, boolean isCut) {
    if (body.isEmpty()) {
      getChildren().add(Controls.label("The body is empty.", "muted"));
      return;
    }
    var text = new TextArea(body);
    text.setId(id + "-body");
    text.setEditable(false);
    text.setWrapText(true);
    text.setPrefRowCount(Math.clamp(body.lines().count() + 1, 2, MOST_LINES));
    text.getStyleClass().addAll("mono", "trace");
    text.setAccessibleText("Body of the response");
    getChildren().add(text);
    if (isCut) {
      getChildren().add(Controls.paragraph("Cut: the rest of the body was not stored.", "cut"));
    }
  }
}
