/** Where a plan and each of its tasks stands, for everybody who shows it. */
@NullMarked
package io.taskweaver.domain.projection;

import org.jspecify.annotations.NullMarked;
