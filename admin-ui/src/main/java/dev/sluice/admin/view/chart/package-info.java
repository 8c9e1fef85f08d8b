/// Values over time, as charts and as a table.
@NullMarked
package dev.sluice.admin.view.chart;

import org.jspecify.annotations.NullMarked;
