package dev.sluice.server.subscription;

import dev.sluice.domain.subscription.Subscription;
import dev.sluice.format.subscription.DeclarationFormat;
import java.util.List;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Present;
import org.snakeyaml.engine.v2.api.lowlevel.Serialize;

/// Writes subscriptions as a file that [DeclaredFile] reads.
public final class SubscriptionsYaml {

  private static final DumpSettings SETTINGS =
      DumpSettings.builder()
          .setIndent(2)
          .setIndicatorIndent(2)
          .setIndentWithIndicator(true)
          .setWidth(120)
          .setSplitLines(false)
          .setDereferenceAliases(true)
          .build();

  private SubscriptionsYaml() {}

  /// Returns the text of the file: always the same for the same subscriptions.
  public static String write(List<Subscription> subscriptions) {
    var tree = JsonToYaml.read(DeclarationFormat.write(subscriptions));
    return new Present(SETTINGS)
        .emitToString(new Serialize(SETTINGS).serializeOne(tree).iterator());
  }
}
