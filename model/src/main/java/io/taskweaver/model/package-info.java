/** What the parts of TaskWeaver speak of: tasks, plans, needs, contracts, code and its changes. Values only. */
@NullMarked
package io.taskweaver.model;

import org.jspecify.annotations.NullMarked;
