package dev.sluice.server;

import dev.sluice.application.activity.Activity;
import dev.sluice.application.subscription.ApplySubscriptions;
import dev.sluice.application.subscription.ApplySubscriptions.Options;
import dev.sluice.application.subscription.ApplySubscriptions.Result;
import dev.sluice.application.subscription.ManageSubscriptions.Deliveries;
import dev.sluice.application.subscription.SubscriptionPlan;
import dev.sluice.application.subscription.UnusableSubscriptionException;
import dev.sluice.domain.subscription.DeclaredSubscription;
import dev.sluice.server.config.ServerConfig;
import dev.sluice.server.subscription.DeclaredFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/// `sluice subscriptions apply`: makes the stored subscriptions those that a file declares.
@Command(
    name = "apply",
    description = {
      "Create, update and delete subscriptions to match a file.",
      "All changes are made at once, or none. Subscriptions that were made through the API and are"
          + " not in the file stay as they are."
    })
final class SubscriptionsApplyCommand extends ConfiguredCommand {

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "file that declares the subscriptions (default: SUBSCRIPTIONS_FILE)")
  private @Nullable Path file;

  @Option(names = "--dry-run", description = "print what would be changed, and change nothing")
  private boolean isDryRun;

  @Option(
      names = "--take-over",
      description = "let the file manage declared subscriptions that were made through the API")
  private boolean takesOver;

  @Option(
      names = "--deliveries",
      paramLabel = "WHAT",
      description =
          "what to do with unfinished deliveries of deleted subscriptions: finish or cancel"
              + " (default: finish)")
  private String deliveries = "finish";

  @Override
  public Integer call() {
    Options options = new Options(takesOver, deliveries());
    ServerConfig config = ServerConfig.of(settings());
    Path from = file(config);
    List<DeclaredSubscription> declared = DeclaredFile.read(from, config.processing().retries());
    var apply = new RecordedApply(from, declared, options, StoredKeys.caller());
    try (OpenWebhooks webhooks = OpenWebhooks.open(config, StoredSubscriptions.clock())) {
      return StoredSubscriptions.use(
          config,
          (store, activity) ->
              apply(
                  apply,
                  new ApplySubscriptions(
                      store, webhooks.adapter().preparation(), StoredSubscriptions.clock()),
                  activity));
    } catch (UnusableSubscriptionException e) {
      return refuse(e.getMessage() + ". Nothing was changed");
    }
  }

  private int apply(RecordedApply apply, ApplySubscriptions subscriptions, Activity activity) {
    SubscriptionPlan plan = subscriptions.plan(apply.declared(), apply.options());
    if (!plan.unanswered().isEmpty()) {
      return refuse(plan.unanswered().getFirst().reason() + ". Nothing was changed");
    }
    if (!plan.beingCancelled().isEmpty()) {
      return refuse(beingCancelled(plan));
    }
    if (!isDryRun) {
      return report(apply, apply.on(subscriptions, activity));
    }
    return plan.madeByApi().isEmpty()
        ? report(plan)
        : refuse(apply.refusal(new Result.Refused(plan)));
  }

  private Deliveries deliveries() {
    return switch (deliveries) {
      case "finish" -> Deliveries.FINISH;
      case "cancel" -> Deliveries.CANCEL;
      default ->
          throw new ParameterException(commandLine(), "--deliveries must be finish or cancel");
    };
  }

  private Path file(ServerConfig config) {
    return file != null
        ? file
        : config
            .subscriptionsFile()
            .orElseThrow(
                () ->
                    new ParameterException(
                        commandLine(), "give the file with -f FILE, or set SUBSCRIPTIONS_FILE"));
  }

  private static String beingCancelled(SubscriptionPlan plan) {
    return "deliveries of deleted subscriptions of the same name are being cancelled: "
        + RecordedApply.names(plan.beingCancelled())
        + ". Retry when a running node has finished that. Nothing was changed";
  }

  private int report(RecordedApply apply, Result result) {
    return result instanceof Result.Applied(SubscriptionPlan plan)
        ? report(plan)
        : refuse(apply.refusal(result));
  }

  private int report(SubscriptionPlan plan) {
    plan.steps()
        .forEach(step -> out().printf("%-10s %s%n", step.action().text(), step.change().name()));
    out().println((isDryRun ? "dry run, nothing was changed: " : "") + RecordedApply.counts(plan));
    return Main.OK;
  }

  private int refuse(String reason) {
    err().println("sluice: " + reason);
    return Main.FAILED;
  }
}
