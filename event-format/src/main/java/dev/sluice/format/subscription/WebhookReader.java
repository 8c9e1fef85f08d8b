package dev.sluice.format.subscription;

import dev.sluice.domain.secret.Secret;
import dev.sluice.domain.secret.SigningSecret;
import dev.sluice.domain.subscription.Credentials;
import dev.sluice.domain.subscription.Destination;
import dev.sluice.domain.subscription.Destination.Webhook;
import dev.sluice.domain.subscription.Handshake;
import dev.sluice.domain.subscription.ReceiverTls;
import dev.sluice.domain.subscription.WebhookFormat;
import dev.sluice.format.FieldProblem;
import dev.sluice.format.JsonEvents;
import dev.sluice.format.Timestamps;
import dev.sluice.format.webhook.ReadTemplate;
import dev.sluice.format.webhook.WebhookTemplate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the members that only webhooks have. Used by one thread for one destination.
final class WebhookReader {

  private static final int MAX_STATUSES = 50;
  private static final String FORMATS =
      Arrays.stream(WebhookFormat.values())
          .map(WebhookFormat::wireName)
          .collect(Collectors.joining(", "));

  private final MemberReader members;
  private final boolean isStored;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Set<Integer> statuses = new HashSet<>();
  private final List<SigningSecret> secrets = new ArrayList<>();
  private Optional<String> url = Optional.empty();
  private Optional<WebhookFormat> format = Optional.of(WebhookFormat.STANDARD);
  private Optional<String> template = Optional.empty();
  private Optional<Credentials> credentials = Optional.empty();
  private Handshake handshake = Handshake.OFF;
  private Optional<ReceiverTls> tls = Optional.empty();
  private boolean hasUrl;
  private boolean hasTemplate;

  /// The first member that was read.
  private Optional<String> first = Optional.empty();

  /// The encrypted form and the end of the secret that is being read.
  private Optional<String> encrypted = Optional.empty();

  private Optional<Instant> until = Optional.empty();

  /// @param isStored whether the destination comes from a storage: with encrypted secrets
  WebhookReader(MemberReader members, boolean isStored) {
    this.members = members;
    this.isStored = isStored;
  }

  /// Returns the members, with what reads them.
  Map<String, MemberReader.Member> readers() {
    Map<String, MemberReader.Member> all = new HashMap<>();
    all.put("url", noting("url", this::readUrl));
    all.put("format", noting("format", this::readFormat));
    all.put("template", noting("template", this::readTemplate));
    all.put("headers", noting("headers", this::readHeaders));
    all.put("credentials", noting("credentials", this::readCredentials));
    all.put("handshake", noting("handshake", this::readHandshake));
    all.put("tls", noting("tls", this::readTls));
    all.put("permanent_statuses", noting("permanent_statuses", this::readStatuses));
    if (isStored) {
      all.put("secrets", noting("secrets", this::readEncryptedSecrets));
    } else {
      all.put("secret", noting("secret", this::readSecret));
    }
    return all;
  }

  private MemberReader.Member noting(String name, MemberReader.Member reader) {
    return pointer -> {
      first = first.or(() -> Optional.of(name));
      reader.read(pointer);
    };
  }

  /// Returns the name of a kind that has none of these members; empty, with a problem, when one was
  /// given.
  Optional<String> refuseMembers(String kind, String pointer) {
    first.ifPresent(
        name ->
            members.problem(
                pointer + "/" + name, "is only for webhooks: remove it, or use kind webhook"));
    return first.isEmpty() ? Optional.of(kind) : Optional.empty();
  }

  /// Returns what was read; empty when a member is missing or does not fit the others.
  Optional<Destination> webhook(String pointer) {
    if (!hasUrl) {
      members.problem(pointer + "/url", "is required: where webhooks are sent");
    }
    boolean isTemplate = format.filter(WebhookFormat.TEMPLATE::equals).isPresent();
    if (isTemplate && !hasTemplate) {
      members.problem(pointer + "/template", "is required by the format template");
    }
    if (!isTemplate && template.isPresent()) {
      members.problem(pointer + "/template", "needs the format template");
    }
    if (url.isEmpty() || format.isEmpty() || isTemplate != template.isPresent()) {
      return Optional.empty();
    }
    return Optional.of(
        new Webhook(
            url.get(),
            new Webhook.Body(format.get(), template),
            headers,
            secrets,
            credentials,
            statuses,
            handshake,
            tls));
  }

  private void readUrl(String pointer) {
    hasUrl = true;
    url = members.string(pointer);
  }

  private void readFormat(String pointer) {
    Optional<String> name = members.string(pointer);
    format = name.flatMap(WebhookFormat::of);
    if (name.isPresent() && format.isEmpty()) {
      members.problem(pointer, "must be one of " + FORMATS);
    }
  }

  private void readTemplate(String pointer) {
    hasTemplate = true;
    template = members.rawObject(pointer);
    if (!isStored && template.isPresent()) {
      switch (WebhookTemplate.read(template.get())) {
        case ReadTemplate.Valid _ -> {}
        case ReadTemplate.Invalid(List<FieldProblem> problems) ->
            problems.forEach(
                problem -> members.problem(pointer + problem.name(), problem.detail()));
      }
    }
  }

  private void readHeaders(String pointer) {
    var _ =
        members.object(
            pointer,
            Map.of(),
            name -> {
              readHeader(name, pointer + JsonEvents.pointerTo(name));
              return true;
            });
    if (headers.size() > Webhook.MAX_HEADERS) {
      members.problem(pointer, "must have at most " + Webhook.MAX_HEADERS + " members");
    }
  }

  private void readHeader(String name, String pointer) {
    members.string(pointer).ifPresent(value -> headers.put(name, value));
  }

  private void readCredentials(String pointer) {
    credentials = CredentialsReader.read(members, pointer, isStored);
  }

  private void readHandshake(String pointer) {
    members
        .string(pointer)
        .ifPresent(
            name ->
                Handshake.of(name)
                    .ifPresentOrElse(
                        found -> handshake = found,
                        () -> members.problem(pointer, "must be off, if-offered or required")));
  }

  private void readTls(String pointer) {
    tls = ReceiverTlsReader.read(members, pointer, isStored);
  }

  private void readStatuses(String pointer) {
    var _ =
        members.array(
            pointer,
            "must be an array of statuses from 300 to 599",
            place -> members.integer(place, 300, 599).ifPresent(statuses::add));
    if (statuses.size() > MAX_STATUSES) {
      members.problem(pointer, "must have at most " + MAX_STATUSES + " statuses");
    }
  }

  private void readSecret(String pointer) {
    members
        .string(pointer)
        .ifPresent(
            text -> secrets.add(new SigningSecret(new Secret.Plain(text), Optional.empty())));
  }

  private void readEncryptedSecrets(String pointer) {
    var _ = members.array(pointer, "must be an array", this::readEncryptedSecret);
  }

  private void readEncryptedSecret(String pointer) {
    encrypted = Optional.empty();
    until = Optional.empty();
    var _ =
        members.object(
            pointer,
            Map.of(
                "encrypted", place -> encrypted = members.string(place), "until", this::readUntil));
    encrypted.ifPresentOrElse(
        text -> secrets.add(new SigningSecret(new Secret.Encrypted(text), until)),
        () -> members.problem(pointer, "must have the member encrypted"));
  }

  /// A secret whose end is not understood would be valid for ever.
  private void readUntil(String pointer) {
    until = members.string(pointer).flatMap(Timestamps::parse);
    if (until.isEmpty()) {
      members.problem(pointer, "must be a time");
    }
  }
}
