/// The overview: state, throughput and failures at a glance.
@NullMarked
package dev.sluice.admin.view.overview;

import org.jspecify.annotations.NullMarked;
