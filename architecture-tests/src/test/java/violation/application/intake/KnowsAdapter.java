package violation.application.intake;

import violation.adapter.memory.ShownLedger;

/// The application depends on an adapter.
public record KnowsAdapter(ShownLedger ledger) {}
