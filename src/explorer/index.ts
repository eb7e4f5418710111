export { formulaOf } from './formulas.js';
export { drawGraph, type GraphDrawing, type GraphDrawingOptions } from './graph-drawing.js';
export { svgText } from './lettering.js';
export { namesOfNodes, printNumber, printRule, printValue, settingsOf } from './names.js';
export { notesChain, notesFactored, notesPage, notesProgram, notesValues } from './notes-chain.js';
export { type PageHeader, page } from './page.js';
export { parseTex, substitute, type Tex } from './tex.js';
export { texToText } from './tex-text.js';
