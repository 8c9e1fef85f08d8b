package violation.unplaced;

/// No layer, so no rule about layers would apply.
public final class InNoLayer {}
