/**
 * The script of the page. It only moves from step to step: everything that is shown is in the page
 * already, so that it can be read, and printed, without the script too.
 */
export const CLIENT: string = `
'use strict';
const steps = [...document.querySelectorAll('.step')];
const nodes = [...document.querySelectorAll('.node')];
const edges = [...document.querySelectorAll('[data-from]')];
const slider = document.getElementById('slider');
const count = steps.length / 2;
let now = 0;

// Step k = 0 … N − 1 computes v₁ … v_N, and k = N … 2N − 1 the gradients of v_N … v₁.
const stepOfValue = (i) => i - 1;
const stepOfGradient = (i) => 2 * count - i;

function show(step) {
  now = Math.min(Math.max(step, 0), steps.length - 1);
  const phase = steps[now].dataset.phase;
  const current = Number(steps[now].dataset.i);
  document.body.dataset.phase = phase;
  for (const [k, section] of steps.entries()) section.hidden = k !== now;
  for (const { dataset, classList } of nodes) {
    const i = Number(dataset.i);
    classList.toggle('known', stepOfValue(i) <= now);
    classList.toggle('graded', stepOfGradient(i) <= now);
    classList.toggle('current', i === current);
  }
  for (const { dataset, classList } of edges) {
    const [from, to] = [Number(dataset.from), Number(dataset.to)];
    classList.toggle('graded', stepOfGradient(from) <= now);
    classList.toggle('flow', current === (phase === 'forward' ? to : from));
  }
  for (const i of document.querySelectorAll('.i')) i.textContent = current;
  slider.value = now;
  slider.setAttribute('aria-valuetext', steps[now].querySelector('h2').textContent);
  for (const button of document.querySelectorAll('[data-go]')) {
    button.disabled = now === (Number(button.dataset.go) < 0 ? 0 : steps.length - 1);
  }
  const graph = document.querySelector('.graph');
  const box = nodes[current - 1].getBoundingClientRect();
  const frame = graph.getBoundingClientRect();
  if (box.left < frame.left || box.right > frame.right) {
    graph.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
  }
  history.replaceState(null, '', '#' + (now + 1));
}

function go(to) {
  if (Math.abs(to) === 2) show(to < 0 ? 0 : steps.length - 1);
  else show(now + to);
}

const keys = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -2, End: 2 };
document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.target === slider) return;
  const node = event.target.closest('.node');
  if (node && (event.key === 'Enter' || event.key === ' ')) visit(node);
  else if (event.key in keys) go(keys[event.key]);
  else return;
  event.preventDefault();
});
document.addEventListener('click', ({ target }) => {
  const button = target.closest('[data-go]');
  const node = target.closest('.node');
  if (button) go(Number(button.dataset.go));
  else if (node) visit(node);
});
slider.addEventListener('input', () => show(Number(slider.value)));

// A node leads to its own step of the pass that is being looked at.
function visit({ dataset }) {
  const step = document.body.dataset.phase === 'forward' ? stepOfValue : stepOfGradient;
  show(step(Number(dataset.i)));
}

document.querySelector('.graph svg').setAttribute('role', 'group');
for (const node of nodes) {
  node.tabIndex = 0;
  node.setAttribute('role', 'button');
}
document.body.classList.add('stepping');
show((Number(location.hash.slice(1)) || 1) - 1);
`;
