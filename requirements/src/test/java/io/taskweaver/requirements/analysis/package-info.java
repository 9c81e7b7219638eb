@NullMarked
package io.taskweaver.requirements.analysis;

import org.jspecify.annotations.NullMarked;
