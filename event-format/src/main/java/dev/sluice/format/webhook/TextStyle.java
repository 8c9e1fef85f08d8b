package dev.sluice.format.webhook;

import dev.sluice.format.ShownText;

/// How a template puts in values.
enum TextStyle {
  /// Values of any type, unchanged.
  VALUES,
  /// Short texts for a place where markup has no meaning.
  SHORT,
  /// Short texts between backticks, where Discord reads no markup.
  CODE,
  /// Short texts between backticks in Slack, which reads mentions and links even there.
  SLACK_CODE;

  /// The length of a text, so that a message with all of them is one that receivers accept.
  static final int MAX_LENGTH = DeliveredValues.EXCERPT + 1;

  /// Returns the value as the template puts it in.
  TemplateValue apply(TemplateValue value) {
    return switch (this) {
      case VALUES -> value;
      case SHORT -> new TemplateValue.Text(shortened(value));
      case CODE -> new TemplateValue.Text(code(value));
      case SLACK_CODE ->
          new TemplateValue.Text(
              code(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    };
  }

  private static String code(TemplateValue value) {
    return shortened(value).replace('`', '\'');
  }

  private static String shortened(TemplateValue value) {
    return ShownText.of(value.text(), MAX_LENGTH);
  }
}
