package violation.format;

import violation.adapter.memory.ShownLedger;

/// The format of events depends on a storage.
public record KnowsAdapter(ShownLedger ledger) {}
