/** Lists of tasks as people and tools keep them: what stands in them, before anything is planned. */
@NullMarked
package io.taskweaver.requirements.tasks;

import org.jspecify.annotations.NullMarked;
