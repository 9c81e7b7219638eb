(() => {
  'use strict';
  const byId = (id) => document.getElementById(id);
  const svg = byId('graph');
  const scene = byId('scene');
  const nodes = [...svg.querySelectorAll('.node')];
  const edges = [...svg.querySelectorAll('.edge')];
  const articles = nodes.map((node) => byId('d' + node.id.slice(1)));
  const needs = nodes.map(() => []);
  const dependents = nodes.map(() => []);
  edges.forEach((edge) => {
    const from = Number(edge.dataset.from);
    const to = Number(edge.dataset.to);
    needs[to].push(from);
    dependents[from].push(to);
  });
  const boxes = nodes.map((node) => {
    const place = node.transform.baseVal.getItem(0).matrix;
    return { x: place.e, y: place.f, width: Number(svg.dataset.nodeWidth), height: Number(svg.dataset.nodeHeight) };
  });
  const whole = { width: Number(svg.dataset.width), height: Number(svg.dataset.height) };
  const texts = articles.map((article) => article.textContent.toLowerCase());
  const titles = articles.map((article) => article.querySelector('h2').textContent.toLowerCase() + ' ' + article.dataset.task.toLowerCase());
  let view = { x: 0, y: 0, scale: 1 };
  let selected = -1;
  let hits = [];
  let hit = -1;

  // The view: a scale and an offset.
  const show = () => {
    scene.setAttribute('transform', `translate(${view.x},${view.y}) scale(${view.scale})`);
    svg.classList.toggle('far', view.scale < 0.58);
  };
  const bounded = (scale) => Math.min(4, Math.max(0.03, scale));
  const zoom = (factor, x, y) => {
    const scale = bounded(view.scale * factor);
    const by = scale / view.scale;
    view = { x: x - (x - view.x) * by, y: y - (y - view.y) * by, scale };
    show();
  };
  const zoomMiddle = (factor) => zoom(factor, svg.clientWidth / 2, svg.clientHeight / 2);
  const fit = () => {
    const scale = bounded(Math.min(svg.clientWidth / whole.width, svg.clientHeight / whole.height, 1.25));
    view = { x: (svg.clientWidth - whole.width * scale) / 2, y: (svg.clientHeight - whole.height * scale) / 2, scale };
    show();
  };
  // A tall or wide plan begins where work begins, at a size that can be read.
  const open = () => {
    fit();
  };
  const reveal = (index, closer) => {
    const box = boxes[index];
    const scale = closer ? Math.max(view.scale, 0.75) : view.scale;
    const x = (box.x + box.width / 2) * scale;
    const y = (box.y + box.height / 2) * scale;
    const left = view.x + box.x * scale;
    const top = view.y + box.y * scale;
    const inside = scale === view.scale && left > 8 && top > 8
      && left + box.width * scale < svg.clientWidth - 8 && top + box.height * scale < svg.clientHeight - 8;
    if (inside) return;
    view = { x: svg.clientWidth / 2 - x, y: svg.clientHeight / 2 - y, scale };
    show();
  };

  // Selection: one task, what it waits for and what waits for it.
  const reach = (start, next) => {
    const seen = new Set();
    const open = [start];
    while (open.length > 0) {
      for (const other of next[open.pop()]) {
        if (seen.has(other)) continue;
        seen.add(other);
        open.push(other);
      }
    }
    return seen;
  };
  const select = (index, options = {}) => {
    if (selected >= 0) {
      articles[selected].hidden = true;
      nodes[selected].classList.remove('selected');
      nodes[selected].tabIndex = -1;
    }
    selected = index;
    const up = index < 0 ? new Set() : reach(index, needs);
    const down = index < 0 ? new Set() : reach(index, dependents);
    nodes.forEach((node, i) => {
      node.classList.toggle('up', up.has(i));
      node.classList.toggle('down', down.has(i));
    });
    edges.forEach((edge) => {
      const from = Number(edge.dataset.from);
      const to = Number(edge.dataset.to);
      edge.classList.toggle('up', up.has(from) && (to === index || up.has(to)));
      edge.classList.toggle('down', down.has(to) && (from === index || down.has(from)));
    });
    svg.classList.toggle('traced', index >= 0);
    byId('about').hidden = index >= 0;
    if (index < 0) {
      nodes[0].tabIndex = 0;
      history.replaceState(null, '', '#');
      return;
    }
    nodes[0].tabIndex = -1;
    nodes[index].classList.add('selected');
    nodes[index].tabIndex = 0;
    articles[index].hidden = false;
    byId('side').scrollTop = 0;
    history.replaceState(null, '', '#' + encodeURIComponent(articles[index].dataset.task));
    if (options.focus) nodes[index].focus({ preventScroll: true });
    if (options.reveal) reveal(index, options.closer);
  };
  const taskIndex = (id) => articles.findIndex((article) => article.dataset.task === id);

  // Filters and search narrow what is shown; nothing moves.
  const narrow = () => {
    const component = byId('component').value;
    const phase = byId('phase').value;
    const state = byId('state').value;
    const path = byId('path').getAttribute('aria-pressed') === 'true';
    const words = byId('search').value.toLowerCase().split(/\s+/).filter((word) => word !== '');
    const filtered = component !== '' || phase !== '' || state !== '' || path || words.length > 0;
    const shown = nodes.map((node, i) => {
      const data = articles[i].dataset;
      return (component === '' || data.component === component)
        && (phase === '' || data.phase === phase)
        && (state === '' || data.state === state)
        && (!path || node.classList.contains('critical'))
        && words.every((word) => texts[i].includes(word));
    });
    // Titles and ids first, then what only mentions the words.
    hits = words.length === 0 ? [] : [...shown.keys()].filter((i) => shown[i])
      .sort((a, b) => words.every((word) => titles[b].includes(word)) - words.every((word) => titles[a].includes(word)) || a - b);
    hit = -1;
    nodes.forEach((node, i) => {
      node.classList.toggle('shown', shown[i]);
      node.classList.toggle('hit', words.length > 0 && shown[i]);
    });
    edges.forEach((edge) => {
      const both = shown[Number(edge.dataset.from)] && shown[Number(edge.dataset.to)];
      edge.classList.toggle('shown', both && (!path || edge.classList.contains('critical')));
    });
    svg.classList.toggle('narrowed', filtered);
    const count = shown.filter((one) => one).length;
    byId('found').textContent = filtered ? (count === 0 ? 'none' : `${count} of ${nodes.length}`) : '';
  };
  const nextHit = (step) => {
    if (hits.length === 0) return;
    hit = (hit + step + hits.length) % hits.length;
    select(hits[hit], { reveal: true, closer: true });
  };
  ['component', 'phase', 'state'].forEach((id) => byId(id).addEventListener('change', narrow));
  byId('search').addEventListener('input', narrow);
  byId('search').addEventListener('keydown', (event) => {
    if (event.key === 'Enter') nextHit(event.shiftKey ? -1 : 1);
    if (event.key === 'Escape') {
      byId('search').value = '';
      narrow();
      byId('search').blur();
    }
    event.stopPropagation();
  });
  const togglePath = () => {
    const button = byId('path');
    button.setAttribute('aria-pressed', button.getAttribute('aria-pressed') === 'true' ? 'false' : 'true');
    narrow();
  };
  byId('path').addEventListener('click', togglePath);
  byId('in').addEventListener('click', () => zoomMiddle(1.3));
  byId('out').addEventListener('click', () => zoomMiddle(1 / 1.3));
  byId('fit').addEventListener('click', fit);
  byId('theme').addEventListener('click', () => {
    const dark = document.documentElement.dataset.theme
      ? document.documentElement.dataset.theme === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches;
    document.documentElement.dataset.theme = dark ? 'light' : 'dark';
  });

  // Pointer: drag to pan, two fingers or the wheel to zoom, click to look.
  const pointers = new Map();
  let moved = 0;
  const spread = () => {
    const [a, b] = [...pointers.values()];
    return { distance: Math.hypot(a.x - b.x, a.y - b.y), x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  };
  const at = (event) => {
    const box = svg.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  svg.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    if (pointers.size === 0) moved = 0;
    pointers.set(event.pointerId, at(event));
  });
  svg.addEventListener('pointermove', (event) => {
    const before = pointers.get(event.pointerId);
    if (!before) return;
    const now = at(event);
    moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    if (moved > 4 && !svg.hasPointerCapture(event.pointerId)) svg.setPointerCapture(event.pointerId);
    if (pointers.size === 2) {
      const earlier = spread();
      pointers.set(event.pointerId, now);
      const later = spread();
      zoom(later.distance / Math.max(1, earlier.distance), later.x, later.y);
      view = { ...view, x: view.x + later.x - earlier.x, y: view.y + later.y - earlier.y };
    } else {
      pointers.set(event.pointerId, now);
      view = { ...view, x: view.x + now.x - before.x, y: view.y + now.y - before.y };
    }
    svg.classList.add('dragging');
    show();
  });
  const release = (event) => {
    pointers.delete(event.pointerId);
    if (pointers.size === 0) svg.classList.remove('dragging');
  };
  svg.addEventListener('pointerup', release);
  svg.addEventListener('pointercancel', release);
  svg.addEventListener('click', (event) => {
    if (moved > 4) return;
    const node = event.target.closest('.node');
    const index = node ? nodes.indexOf(node) : -1;
    select(index === selected ? -1 : index, { focus: true });
  });
  svg.addEventListener('dblclick', (event) => {
    const place = at(event);
    zoom(1.8, place.x, place.y);
  });
  svg.addEventListener('wheel', (event) => {
    event.preventDefault();
    const place = at(event);
    const step = event.deltaMode === 1 ? event.deltaY * 16 : event.deltaY;
    zoom(Math.exp(-Math.max(-120, Math.min(120, step)) * 0.0022), place.x, place.y);
  }, { passive: false });
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-go]');
    if (link) {
      event.preventDefault();
      select(Number(link.dataset.go), { reveal: true });
    }
    if (event.target.closest('.close')) select(-1);
  });

  // Keys: arrows walk along needs, and up and down a column.
  const nearest = (from, candidates, cost) => {
    let best = -1;
    let least = Infinity;
    candidates.forEach((i) => {
      const value = cost(boxes[i]);
      if (i !== from && value < least) {
        least = value;
        best = i;
      }
    });
    return best;
  };
  const step = (key) => {
    const all = [...nodes.keys()].filter((i) => !svg.classList.contains('narrowed') || nodes[i].classList.contains('shown'));
    if (selected < 0) return all.length > 0 ? all[0] : -1;
    const here = boxes[selected];
    if (key === 'ArrowUp' || key === 'ArrowDown') {
      const sign = key === 'ArrowUp' ? -1 : 1;
      return nearest(selected, all.filter((i) => boxes[i].x === here.x && (boxes[i].y - here.y) * sign > 0), (box) => Math.abs(box.y - here.y));
    }
    const sign = key === 'ArrowLeft' ? -1 : 1;
    const linked = (sign < 0 ? needs : dependents)[selected].filter((i) => all.includes(i));
    const side = linked.length > 0 ? linked : all.filter((i) => (boxes[i].x - here.x) * sign > 0);
    return nearest(selected, side, (box) => Math.abs(box.x - here.x) + Math.abs(box.y - here.y) * 2);
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const tag = event.target.tagName;
    if (tag === 'INPUT' || tag === 'SELECT') return;
    if (event.key.startsWith('Arrow')) {
      if (byId('side').contains(event.target)) return;
      const next = step(event.key);
      if (next >= 0) select(next, { focus: true, reveal: true });
    } else if (event.key === 'Enter' || event.key === ' ') {
      const index = nodes.indexOf(event.target);
      if (index < 0) return;
      select(index, { focus: true, reveal: true, closer: true });
    } else if (event.key === '/') byId('search').focus();
    else if (event.key === '+' || event.key === '=') zoomMiddle(1.3);
    else if (event.key === '-') zoomMiddle(1 / 1.3);
    else if (event.key === '0' || event.key === 'f') fit();
    else if (event.key === 'c') togglePath();
    else if (event.key === 'n') nextHit(1);
    else if (event.key === 'Escape') select(-1);
    else return;
    event.preventDefault();
  });
  nodes.forEach((node, i) => {
    node.tabIndex = i === 0 ? 0 : -1;
    node.setAttribute('role', 'button');
    node.addEventListener('focus', () => {
      if (selected < 0 && node.matches(':focus-visible')) select(i, { reveal: true });
    });
  });

  open();
  narrow();
  const named = taskIndex(decodeURIComponent(location.hash.slice(1)));
  if (named >= 0) select(named, { reveal: true, closer: true });
  addEventListener('resize', show);
})();
