/// Nodes, bulk jobs and the activity log.
@NullMarked
package dev.sluice.admin.view.operate;

import org.jspecify.annotations.NullMarked;
