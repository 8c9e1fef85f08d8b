package violation.application.intake;

import violation.adapter.memory.ShownLedger;

/// The application looks outward.
public record KnowsAdapter(ShownLedger ledger) {}
