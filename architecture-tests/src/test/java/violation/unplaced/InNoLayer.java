package violation.unplaced;

/// In no layer, so that no rule about layers would apply.
public final class InNoLayer {}
