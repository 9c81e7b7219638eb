@NullMarked
package io.taskweaver.requirements.tasks;

import org.jspecify.annotations.NullMarked;
