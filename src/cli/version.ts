/** The build puts package.json's version here. */
declare const TQ_VERSION: string;

export const version: string = TQ_VERSION;
