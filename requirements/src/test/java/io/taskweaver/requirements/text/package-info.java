@NullMarked
package io.taskweaver.requirements.text;

import org.jspecify.annotations.NullMarked;
