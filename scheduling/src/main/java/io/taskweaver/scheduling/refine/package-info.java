/** Changes that somebody else, such as an agent, proposes to a plan: which of them hold, and the plan that they give. */
@NullMarked
package io.taskweaver.scheduling.refine;

import org.jspecify.annotations.NullMarked;
