/** What runs next: progress of a plan as a fold over reports, and the order of dispatch. */
@NullMarked
package io.taskweaver.domain.schedule;

import org.jspecify.annotations.NullMarked;
