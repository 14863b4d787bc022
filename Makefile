# make install 建好 .venv 和其中的 xiaoer 命令；make run 启动；make test 做全部检查。只要有 Python 3.11 和 make。
SHELL := /bin/bash
.SILENT:
.PHONY: install run test pins clean

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input install
PINS := $(BIN)/uv pip compile -q --universal --generate-hashes --python-version 3.11 --no-header

# 按锁定的版本安装，核对哈希；pip 的逐行输出只显示成计数，出错的话原样可见。
# 锁定表是完整的，所以不必再解依赖（--no-deps）；字节码到第一次用时再编译：两样合起来快一倍
define install_pinned
	set -euo pipefail; \
	$(PIP) --progress-bar off --no-deps --no-compile --require-hashes -r $(1) | { \
	  count=0; \
	  while IFS= read -r line; do \
	    case "$$line" in \
	      Collecting*|Processing*|Requirement*) count=$$((count + 1)); if [ -t 1 ]; then printf '\r  %d 个软件包' $$count; fi;; \
	      Installing*) if [ -t 1 ]; then echo; fi; echo "  正在安装，共 $$count 个软件包，请稍候";; \
	    esac; \
	  done; \
	}
endef

# 一项检查：名称、命令，用了多少秒
define checked
	echo "—— $(1)"; began=$$SECONDS; $(2) && echo "   $$((SECONDS - began)) 秒"
endef

install: .venv/.installed

run: install
	exec $(BIN)/xiaoer start

test: .venv/.installed-dev .venv/.installed-models
	$(call checked,ruff 检查,$(BIN)/ruff check .)
	$(call checked,ruff 格式,$(BIN)/ruff format --check .)
	$(call checked,类型（mypy --strict）,$(BIN)/mypy --strict)
	$(call checked,导入方向,$(BIN)/lint-imports)
	$(call checked,测试,$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile)
	echo "全部通过。"

.venv/bin/python:
	command -v $(PYTHON) >/dev/null || { echo "没有找到 $(PYTHON)：请先安装 Python 3.11 或更新的版本"; exit 1; }
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "需要 Python 3.11 或更新的版本，$(PYTHON) 是 $$($(PYTHON) -V 2>&1)。"; \
	  echo "装好后可以指明用哪一个：make install PYTHON=python3.12"; \
	  exit 1; }
	$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "这个 Python 不能建虚拟环境；在 Debian、Ubuntu 上请先运行 apt-get install python3-venv"; \
	  exit 1; }
	echo "建立虚拟环境 .venv"
	$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/.installed: requirements.txt pyproject.toml | .venv/bin/python
	echo "安装小二和它需要的软件包"
	$(call install_pinned,requirements.txt)
	$(PIP) --quiet --no-deps --no-build-isolation --editable .
	touch $@

.venv/.installed-dev: requirements-dev.txt .venv/.installed
	echo "安装检查和测试用的软件包"
	$(call install_pinned,requirements-dev.txt)
	touch $@

# CI 里必须装上；桌面上装不了（pip 找不到 +cpu 的 torch）就跳过用它的测试
.venv/.installed-models: requirements-models.txt .venv/.installed-dev
	echo "安装 xiaoer[models]（sentence-transformers 和 torch，解开后约 1 GB）"
	if ( $(call install_pinned,requirements-models.txt) ); then \
	  touch $@; \
	elif [ "$$CI" = true ]; then \
	  exit 1; \
	else \
	  echo "没有装上，用它的测试会跳过。原因和办法见 docs/decisions/0005-models-extra.md"; \
	fi

# 软件源里 Linux 版的 torch 带着几个 GB 的 CUDA；锁定的是 +cpu 的那一个，它在哪里由这台机器的 pip 设置（find-links）说
TORCH := torch==2.13.0+cpu ; sys_platform == 'linux'\ntorch==2.13.0 ; sys_platform != 'linux'\n

pins: .venv/.installed-dev
	$(PINS) pyproject.toml -o requirements.txt
	$(PINS) --extra dev --extra ocr --extra report -c requirements.txt pyproject.toml -o requirements-dev.txt
	printf "$(TORCH)" | UV_FIND_LINKS="$$($(BIN)/pip config get global.find-links)" \
	  $(PINS) --extra models -c requirements-dev.txt --overrides - pyproject.toml -o requirements-models.txt

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
