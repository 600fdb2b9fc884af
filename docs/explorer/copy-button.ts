/** A button that copies a text, and says so to eyes and ears. */
import { element } from './element.ts';

export function copyButton(what: string, text: () => string, status: HTMLElement, label = 'Copy'): HTMLButtonElement {
  const button = element('button', { type: 'button', class: 'copy', 'aria-label': `${label}: ${what}` }, label);
  button.addEventListener('click', async () => {
    const copied = await copy(text());
    status.textContent = copied
      ? `Copied: ${what}`
      : 'This browser does not let the page copy; select the text instead.';
    button.textContent = copied ? 'Copied' : 'Not copied';
    button.addEventListener('blur', () => (button.textContent = label), { once: true });
  });
  return button;
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Pages from a file or from plain HTTP have no clipboard in some browsers; there the older way still works.
    return copySelected(text);
  }
}

function copySelected(text: string): boolean {
  const field = element('textarea', { readonly: '', class: 'aside' });
  field.value = text;
  const before = document.activeElement;
  document.body.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}
