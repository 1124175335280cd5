package io.headrace.operate;

import io.headrace.JobConstraints;
import java.util.EnumSet;
import java.util.Set;

/**
 * Somebody who works at the desk, see {@link io.headrace.JobOperator#as}. Immutable.
 *
 * @param name the name under which decisions are logged, such as a user name or the name of a program
 * @param rights what the actor may do
 */
public record Actor(String name, Set<Right> rights) {

    /**
     * Creates an actor.
     *
     * @throws io.headrace.InvalidJobException if the name is blank, longer than 100 characters or contains control
     *     characters
     */
    public Actor {
        name = JobConstraints.name("actor", name);
        rights = Set.copyOf(rights);
    }

    /** Creates an actor that may do everything. */
    public static Actor withAllRights(String name) {
        return new Actor(name, EnumSet.allOf(Right.class));
    }

    /** Whether the actor has a right. */
    public boolean may(Right right) {
        return rights.contains(right);
    }
}
