/// Operations: queries, replay and cancel, bulk jobs, statistics, retention.
@NullMarked
package dev.sluice.application.operate;

import org.jspecify.annotations.NullMarked;
