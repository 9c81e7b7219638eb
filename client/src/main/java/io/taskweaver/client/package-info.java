/** The programmatic way to use TaskWeaver: plan offline, submit to a running system, follow a plan, take its results. */
@NullMarked
package io.taskweaver.client;

import org.jspecify.annotations.NullMarked;
