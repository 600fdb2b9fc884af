/** Recipes as a table for people. */
import type { AlarmRecipe, AlarmSeverity } from '../../alarms/recipe.ts';
import { type Column, type Style, TextTable } from './text-table.ts';

const COLUMNS: readonly Column[] = [
  { header: 'NAME', min: 24, max: 40, rank: 4 },
  { header: 'SEVERITY', min: 8, max: 8, rank: 2 },
  { header: 'CLOUDS', min: 7, max: 8, rank: 1 },
  { header: 'GOES OFF WHEN', min: 20, max: 90, rank: 3, cut: 'end' },
];

const STYLE: Readonly<Record<AlarmSeverity, Style | undefined>> = {
  critical: 'red',
  high: 'yellow',
  medium: undefined,
  low: 'dim',
};

/** A table with one line a recipe. */
export function alarmTable(
  recipes: readonly AlarmRecipe[],
  options: { readonly width: number; readonly colour: boolean },
): Promise<string> {
  return new TextTable(COLUMNS, options).rows(
    recipes.map((recipe) => [
      { text: recipe.name, style: 'bold' },
      { text: recipe.severity, style: STYLE[recipe.severity] },
      { text: 'events' in recipe ? Object.keys(recipe.events).join(', ') : 'aws' },
      { text: recipe.title },
    ]),
  );
}
