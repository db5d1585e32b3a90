import { page, textOf } from '../page.js';

const TEXTS = {
  en: ['A short tour?', 'We can show you around here. It takes a minute.', 'Show me', 'Later', 'No more tours', 'Close'],
  de: ['Eine kurze Tour?', 'Wir zeigen Ihnen, was es hier gibt. Es dauert eine Minute.', 'Zeigen', 'Später', 'Keine Touren mehr', 'Schließen'],
  fr: ['Une courte visite ?', 'Nous pouvons vous montrer cette page. Cela prend une minute.', 'Montrer', 'Plus tard', 'Plus de visites', 'Fermer'],
  es: ['¿Una breve visita?', 'Podemos enseñarle esta página. Solo lleva un minuto.', 'Mostrar', 'Más tarde', 'No más visitas', 'Cerrar'],
  it: ['Un breve tour?', 'Possiamo mostrarle questa pagina. Basta un minuto.', 'Mostra', 'Più tardi', 'Niente più tour', 'Chiudi'],
  nl: ['Een korte rondleiding?', 'We kunnen u hier rondleiden. Het duurt een minuut.', 'Toon', 'Later', 'Geen rondleidingen meer', 'Sluiten'],
  pt: ['Uma visita rápida?', 'Podemos mostrar-lhe esta página. Demora um minuto.', 'Mostrar', 'Mais tarde', 'Sem mais visitas', 'Fechar'],
};
const NAMES = ['title', 'text', 'show', 'later', 'never', 'close'];

const languageOf = (lang) => String(lang).toLowerCase().split('-')[0];

function given(invitation, trigger, problem) {
  try {
    const texts = typeof invitation === 'function' ? invitation(trigger) : invitation;
    return typeof texts === 'object' && texts !== null ? texts : {};
  } catch (cause) {
    problem(`the invitation's texts could not be had: ${textOf(cause)}`, cause);
    return {};
  }
}

/**
 * What the invitation says: the site's own texts, and what it leaves open in the page's language,
 * or in English. They are texts: markup in them is shown as it is written.
 */
export function textsOf(invitation, trigger, problem) {
  const own = given(invitation, trigger, problem);
  const isOwn = NAMES.some((name) => typeof own[name] === 'string');
  const { documentElement } = page.document;
  const wanted = own.lang ?? (documentElement.lang || page.navigator.language);
  const language = languageOf(wanted);
  const known = Object.hasOwn(TEXTS, language) ? language : 'en';
  const texts = {
    lang: isOwn ? String(wanted) : known,
    dir: isOwn ? getComputedStyle(documentElement).direction : 'ltr',
    snoozeFor: Number.isFinite(own.snoozeFor) ? own.snoozeFor : undefined,
    theme: own.theme,
  };
  NAMES.forEach((name, index) => {
    texts[name] = typeof own[name] === 'string' ? own[name] : TEXTS[known][index];
  });
  if (own.dir === 'rtl' || own.dir === 'ltr') texts.dir = own.dir;
  return texts;
}
