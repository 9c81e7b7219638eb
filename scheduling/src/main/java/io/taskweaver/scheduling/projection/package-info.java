/** Where a plan and each of its tasks stands, for everybody who shows it. */
@NullMarked
package io.taskweaver.scheduling.projection;

import org.jspecify.annotations.NullMarked;
