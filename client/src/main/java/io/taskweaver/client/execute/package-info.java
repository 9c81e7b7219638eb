/** Prompts run by an agent directly: no broker, no plan. */
@NullMarked
package io.taskweaver.client.execute;

import org.jspecify.annotations.NullMarked;
