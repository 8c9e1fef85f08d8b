package dev.sluice.admin.view.control;

/// A screen with a list of rows, for keys that have the same meaning on all of them.
public interface RowScreen {

  /// Moves down by a number of rows.
  void step(int by);

  /// Moves the focus to the rows.
  void focusRows();

  /// Moves the focus to the field that narrows the list.
  void focusQuery();
}
