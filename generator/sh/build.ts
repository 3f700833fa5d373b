/** What scripts are built with. Words and patterns are in word.ts. */
export {
    appendTo,
    command,
    errorsTo,
    errorsToOutput,
    from,
    outputToErrors,
    pipeline,
    printing,
    to,
} from './command.ts';
export { all, any, compare, inspect, not, succeeds } from './condition.ts';
export {
    arm,
    breakLoop,
    choose,
    forEachField,
    forEachPath,
    forEachWord,
    nextTurn,
    repeatUntil,
    repeatWhile,
    when,
} from './control.ts';
export {
    argumentOf,
    defineFunction,
    lastInBackground,
    scriptProcess,
    variable,
} from './function.ts';
export { ignore, orElse, orStop } from './policy.ts';
export {
    builtin,
    busyboxApplet,
    initramfsProgram,
    rootProgram,
    targetFunction,
} from './program.ts';
export {
    assign,
    blank,
    capture,
    comment,
    exitWith,
    feed,
    group,
    increase,
    perform,
    performInBackground,
    print,
    printTo,
    readLine,
    redirected,
    returnWith,
    run,
    runForStatus,
    runInBackground,
    sourceLibrary,
    stopOnError,
} from './statement.ts';
